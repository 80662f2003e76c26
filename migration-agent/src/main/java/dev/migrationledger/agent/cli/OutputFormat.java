package dev.migrationledger.agent.cli;

/** {@code --output}: for people or for programs. */
public enum OutputFormat {
    text,
    json
}
