/** What the agent costs, measured from outside: see docs/benchmarks.md. */
@NullMarked
package dev.migrationledger.agent.bench;

import org.jspecify.annotations.NullMarked;
