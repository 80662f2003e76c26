/** The agent's own files: start with {@link dev.migrationledger.agent.home.OwnersFiles}. */
@NullMarked
package dev.migrationledger.agent.home;

import org.jspecify.annotations.NullMarked;
