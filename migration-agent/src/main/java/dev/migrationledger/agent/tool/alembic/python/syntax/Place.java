package dev.migrationledger.agent.tool.alembic.python.syntax;

/**
 * Where something stands in a source.
 *
 * @param start of its first character
 * @param end after its last character
 * @param line of its first character, from 1
 */
public record Place(int start, int end, int line) {}
