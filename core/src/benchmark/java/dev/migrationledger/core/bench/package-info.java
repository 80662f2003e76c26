/**
 * How fast the revision graph is, beside JGraphT and Alembic in the same run: start with {@link Benchmarks}; and how fast the
 * physical revisions are found: {@link PhysicalBenchmark}. Figures and the
 * command are in {@code docs/benchmarks.md}; no build runs this by itself.
 */
@NullMarked
package dev.migrationledger.core.bench;

import org.jspecify.annotations.NullMarked;
