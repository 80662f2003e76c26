@NullMarked
package dev.migrationledger.agent.mcp.protocol;

import org.jspecify.annotations.NullMarked;
