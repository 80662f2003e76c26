/**
 * The Model Context Protocol over standard input and output, as far as tools that read need it: start with {@code McpServer}, which answers
 * one message; {@code McpConnection} reads and writes lines. Both generations of the protocol are answered (ADR 69). A tool is an
 * {@link dev.migrationledger.agent.mcp.protocol.McpTool}; what it may be asked and what it answers are checked and bounded here.
 */
@NullMarked
package dev.migrationledger.agent.mcp.protocol;

import org.jspecify.annotations.NullMarked;
