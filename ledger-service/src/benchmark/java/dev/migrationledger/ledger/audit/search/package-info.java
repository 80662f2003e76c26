@NullMarked
package dev.migrationledger.ledger.audit.search;

import org.jspecify.annotations.NullMarked;
