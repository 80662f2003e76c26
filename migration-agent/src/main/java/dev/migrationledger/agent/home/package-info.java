/** The agent's own files: those that stay ({@link dev.migrationledger.agent.home.OwnersFiles}), and folders for a while. */
@NullMarked
package dev.migrationledger.agent.home;

import org.jspecify.annotations.NullMarked;
