/**
 * What models may ask about the scripts and the database of this machine. Which ones these are, who starts the server says once; no question
 * can name another file or database.
 */
@NullMarked
package dev.migrationledger.agent.mcp.local;

import org.jspecify.annotations.NullMarked;
