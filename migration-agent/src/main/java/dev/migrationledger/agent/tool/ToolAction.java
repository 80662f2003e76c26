package dev.migrationledger.agent.tool;

/** What a migration tool is called for. */
public sealed interface ToolAction {

    /** It says its name and version, and asks no database. */
    record ShowVersion() implements ToolAction {}

    /** It reads the version table, and changes nothing. */
    record ShowState() implements ToolAction {}

    /** It brings the database to a revision. */
    record Upgrade(String revision) implements ToolAction {}
}
