/** {@code policy dry-run}: what deploys of the past would have got under another policy. Start with {@code DryRuns}; {@code PolicyReplay} judges. Nothing is recorded. */
@NullMarked
package dev.migrationledger.ledger.gate.dryrun;

import org.jspecify.annotations.NullMarked;
