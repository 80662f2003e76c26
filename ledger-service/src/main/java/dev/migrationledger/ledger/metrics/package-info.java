/**
 * Numbers for Prometheus, at {@code /actuator/prometheus}. A {@code MetricSource} has those of one capability; {@code LedgerCollector} asks all
 * of them at a scrape. To add a number, add it to a source, to {@code docs/metrics.md} and, if people should see it, to the dashboard.
 */
@NullMarked
package dev.migrationledger.ledger.metrics;

import org.jspecify.annotations.NullMarked;
