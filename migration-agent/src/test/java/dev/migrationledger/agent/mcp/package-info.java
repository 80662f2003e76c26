@NullMarked
package dev.migrationledger.agent.mcp;

import org.jspecify.annotations.NullMarked;
