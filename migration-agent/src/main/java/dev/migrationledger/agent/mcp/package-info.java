/**
 * {@code mcp}: answers questions of models about migrations, by the Model Context Protocol. Nothing here changes anything (docs/mcp.md). Start with
 * {@code McpCommand}; tools are in {@code mcp.tools} (a ledger) and {@code mcp.local} (this machine), and {@code mcp.protocol} speaks with the client.
 */
@NullMarked
package dev.migrationledger.agent.mcp;

import org.jspecify.annotations.NullMarked;
