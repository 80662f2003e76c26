/**
 * What a ledger costs: each benchmark but {@link PagesBenchmark} starts the real jar in a small heap, fills it through its front door and measures.
 * Not run with the tests; {@code docs/benchmarks.md} says how to run them and their results.
 */
@NullMarked
package dev.migrationledger.ledger.bench;

import org.jspecify.annotations.NullMarked;
