@NullMarked
package dev.migrationledger.ledger.audit.export;

import org.jspecify.annotations.NullMarked;
