package dev.migrationledger.contracts.history;

import java.time.Instant;

/**
 * That something was seen.
 *
 * @param at by the agent's clock
 * @param source as whoever read it named it
 */
public record Sighting(Instant at, String environment, String agent, String source) {}
