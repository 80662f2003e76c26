package dev.migrationledger.contracts.event;

/** What a project demands of deploys. About a project. */
public sealed interface PolicyEvent extends LedgerEvent {

    /**
     * An administrator applied a policy; it replaces the one before.
     *
     * @param version 1 for the first one of the project, then one more each time
     * @param by who applied it, as the ledger knows them
     * @param text of the file, as it was written
     */
    record PolicyApplied(int version, String by, String text) implements PolicyEvent {}
}
