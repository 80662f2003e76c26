package dev.migrationledger.contracts.event;

/** Something that happened, as it is recorded for good. Agents state {@link AgentEvent}s; the ledger alone decides {@link LedgerEvent}s. */
public sealed interface Event permits AgentEvent, LedgerEvent {}
