/**
 * Lists behind the first page: what is wrong, merges, deploys and agents. Each is one controller, one template, the keys of its filter box and a bounded
 * number of queries.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard.lists;

import org.jspecify.annotations.NullMarked;
