/**
 * What the ledger stands on: its database, its start and its limits. Start with {@code DatabaseConfig}. Nothing here knows what is
 * recorded.
 */
@NullMarked
package dev.migrationledger.ledger.platform;

import org.jspecify.annotations.NullMarked;
