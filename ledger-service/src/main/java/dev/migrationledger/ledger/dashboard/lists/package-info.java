/** Lists behind the first page: what is wrong, merges, deploys and agents. Each is one controller, one template and a bounded number of queries. */
@NullMarked
package dev.migrationledger.ledger.dashboard.lists;

import org.jspecify.annotations.NullMarked;
