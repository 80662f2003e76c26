/**
 * The filter boxes of lists. Start with {@link dev.migrationledger.ledger.dashboard.lists.filter.ListKeys}: a list declares its keys with what each is
 * to PostgreSQL, and gets a condition for what was typed. {@link dev.migrationledger.ledger.dashboard.lists.filter.FilterBox} is what
 * {@code templates/filter.html} shows, and {@link dev.migrationledger.ledger.dashboard.lists.filter.ListCursor} where the next page begins.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard.lists.filter;

import org.jspecify.annotations.NullMarked;
