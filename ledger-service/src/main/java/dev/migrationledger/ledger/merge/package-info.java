/**
 * Several heads of a project become one: {@code MergesAutomation} sees them and what becomes of them, {@code MergesDecisions} decides what is recorded, and
 * {@code MergesView} keeps each {@code Merge}. What lies between the heads is worked out in {@code core.merge}.
 */
@NullMarked
package dev.migrationledger.ledger.merge;

import org.jspecify.annotations.NullMarked;
