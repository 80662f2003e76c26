/**
 * Branches and pull requests whose scripts were published before they are merged. {@code BranchesController} takes them, {@code BranchesDecisions} decides what is
 * recorded, {@code BranchesView} keeps it, and {@code OpenBranches} says what is in their way. That is worked out in {@code core.branch}.
 */
@NullMarked
package dev.migrationledger.ledger.branch;

import org.jspecify.annotations.NullMarked;
