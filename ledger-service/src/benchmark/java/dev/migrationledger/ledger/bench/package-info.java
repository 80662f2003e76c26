/**
 * What a ledger costs: {@link CompareBenchmark} starts the real jar in a small heap, fills it through its front door and asks.
 * Not run with the tests; {@code docs/benchmarks.md} says how to run it and what it said.
 */
@NullMarked
package dev.migrationledger.ledger.bench;

import org.jspecify.annotations.NullMarked;
