package dev.migrationledger.contracts.environment;

import java.time.Instant;

/**
 * An operator said that an environment is not used any more.
 *
 * @param at by the ledger's clock
 * @param by who said so, as they named themselves
 */
public record Retirement(Instant at, String by, String reason) {}
