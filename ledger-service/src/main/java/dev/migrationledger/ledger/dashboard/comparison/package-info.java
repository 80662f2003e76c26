/**
 * The page that puts two environments side by side, or two moments of one. {@link ComparisonPageController} reads the views; {@link ComparisonPage},
 * {@link RevisionPart} and {@link SchemaPart} are what it shows, pure functions of them. {@code templates/compare.html} shows it.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard.comparison;

import org.jspecify.annotations.NullMarked;
