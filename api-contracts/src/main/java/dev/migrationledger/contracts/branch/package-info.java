/** Branches and pull requests that no environment runs yet, and what is in the way of merging them. Read {@code OpenBranch} first. */
@NullMarked
package dev.migrationledger.contracts.branch;

import org.jspecify.annotations.NullMarked;
