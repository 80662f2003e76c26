/** The agent: {@link dev.migrationledger.agent.Main} lists its commands, and nothing depends on it. */
@NullMarked
package dev.migrationledger.agent;

import org.jspecify.annotations.NullMarked;
