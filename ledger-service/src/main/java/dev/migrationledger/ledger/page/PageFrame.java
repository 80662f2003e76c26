package dev.migrationledger.ledger.page;

/**
 * What stands around each page.
 *
 * @param caller who signed in, for people to read; empty where the ledger asks for no sign-in
 * @param query what is in the search box
 */
public record PageFrame(String caller, String query) {}
