package dev.migrationledger.contracts.kafka;

import java.time.Instant;

/**
 * An environment whose events came over Kafka and wait, because the ledger refuses the first of them.
 *
 * @param agent that sent the first
 * @param sequence of the first event of the refused batch
 * @param batches how many wait, the refused one among them
 * @param since when the first was refused
 * @param code of the refusal, such as {@code unknown-event-type}
 * @param detail what is wrong with the refused batch
 */
public record ParkedEnvironment(
        String project, String environment, String agent, long sequence, int batches, Instant since, String code,
        String detail) {}
