/**
 * What the ledger stands on: Axon on PostgreSQL, and the PostgreSQL itself where none is given. Start with
 * {@code AxonConfig}. Nothing here knows what is recorded; an aggregate joins by a {@code ConfigurerModule} bean.
 */
@NullMarked
package dev.migrationledger.ledger.platform;

import org.jspecify.annotations.NullMarked;
