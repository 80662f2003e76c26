/**
 * Two environments side by side, as the ledger knows them: start with {@code CompareCommand}; {@code ComparisonText} is the picture
 * for people, and pure.
 */
@NullMarked
package dev.migrationledger.agent.compare;

import org.jspecify.annotations.NullMarked;
