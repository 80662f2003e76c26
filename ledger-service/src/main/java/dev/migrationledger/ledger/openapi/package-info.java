/**
 * The description of the API at {@code /api/v1/openapi}. {@link ContractSchemas} reads the contracts' records as {@code ContractJson}
 * writes them, so that the description cannot differ from the answers; the operations describe themselves in their controllers.
 */
@NullMarked
package dev.migrationledger.ledger.openapi;

import org.jspecify.annotations.NullMarked;
