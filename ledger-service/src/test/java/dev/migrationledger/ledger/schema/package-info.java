/** Tests of the schemas and footprints that are kept. */
@NullMarked
package dev.migrationledger.ledger.schema;

import org.jspecify.annotations.NullMarked;
