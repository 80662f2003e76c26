package dev.migrationledger.agent.spool;

import java.time.Instant;
import java.util.UUID;

/** The one row that says where the sequence stands. */
record Head(
        String project, String environment, String agent, UUID epoch, Instant born, long next) {

    Head withNext(long sequence) {
        return new Head(project, environment, agent, epoch, born, sequence);
    }
}
