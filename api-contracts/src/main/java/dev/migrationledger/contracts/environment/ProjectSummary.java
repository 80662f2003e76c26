package dev.migrationledger.contracts.environment;

/** One line about a project. */
public record ProjectSummary(String project, int environments) {}
