/**
 * {@code merge}: what several heads of a project are and how they become one, at a terminal. The ledger decides; start with {@link
 * dev.migrationledger.agent.merge.ChosenMergeOptions}, and with {@link dev.migrationledger.agent.merge.MergeText} for what is printed.
 */
@NullMarked
package dev.migrationledger.agent.merge;

import org.jspecify.annotations.NullMarked;
