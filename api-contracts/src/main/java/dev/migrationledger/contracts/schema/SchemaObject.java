package dev.migrationledger.contracts.schema;

/**
 * One object of a live schema.
 *
 * @param kind such as {@code table}, {@code column}, {@code index}
 * @param name with its schema, as in {@code public.events}
 * @param digest of its definition in canonical form
 */
public record SchemaObject(String kind, String name, String digest) {}
