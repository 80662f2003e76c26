/**
 * Lists behind the first page: what is wrong, merges, deploys, agents and webhooks. Each is one controller, one template and a bounded number of
 * queries; all but webhooks have a {@code *Query} with the keys of their filter box.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard.lists;

import org.jspecify.annotations.NullMarked;
