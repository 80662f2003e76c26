package dev.migrationledger.agent.bench;

import dev.migrationledger.testsupport.time.Latencies;

/**
 * What was measured between two moments.
 *
 * @param transactions of the busy sessions
 * @param alters single ALTER TABLE statements, waiting for the busy sessions included
 * @param versions transactions that write the version table
 * @param locks who waited for whom
 */
record Phase(Latencies transactions, Latencies alters, Latencies versions, LockSamples locks) {

    Phase() {
        this(new Latencies(), new Latencies(), new Latencies(), new LockSamples());
    }
}
