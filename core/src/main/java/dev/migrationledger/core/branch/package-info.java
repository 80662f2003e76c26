/**
 * Branches and pull requests before they are merged: {@code BranchRadar} says where they would leave two heads, {@code BranchSentences} says it in words.
 */
@NullMarked
package dev.migrationledger.core.branch;

import org.jspecify.annotations.NullMarked;
