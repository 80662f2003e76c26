package dev.migrationledger.contracts.schema;

/**
 * One object of a live schema.
 *
 * @param definition what it is, all of it
 */
public record SchemaObject(ObjectName object, Definition definition) {

    /**
     * Its definition in canonical form: equal in two databases whose objects do the same. A text where that is short, such as a column's
     * type, nullability and default; {@code sha256:} and a digest where it is long or code.
     */
    public String text() {
        return CanonicalText.of(definition);
    }
}
