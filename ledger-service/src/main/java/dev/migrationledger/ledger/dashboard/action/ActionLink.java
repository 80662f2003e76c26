package dev.migrationledger.ledger.dashboard.action;

/** A link to what a person may do, or back from there. */
public record ActionLink(String text, String address) {}
