package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Names of objects in a schema, and which stand within which. */
final class Names {

    private Names() {}

    /** With the schema that an unqualified name goes to. */
    static ObjectName resolved(ObjectName object, @Nullable String defaultSchema) {
        return object.schema() != null || object.kind() == ObjectKind.SCHEMA || object.kind() == ObjectKind.EXTENSION
                ? object
                : new ObjectName(object.kind(), defaultSchema == null ? "public" : defaultSchema, object.table(),
                        object.name());
    }

    /** Whether a part goes where the whole goes; an object holds itself. */
    static boolean holds(ObjectName whole, ObjectName part) {
        return whole.equals(part)
                || switch (whole.kind()) {
                    case SCHEMA -> whole.name().equals(part.schema());
                    case TABLE -> Objects.equals(whole.schema(), part.schema()) && whole.name().equals(part.table());
                    case EXTENSION, COLUMN, CONSTRAINT, INDEX, SEQUENCE, ENUM, DOMAIN, TYPE, VIEW, MATERIALIZED_VIEW,
                            FUNCTION, TRIGGER, POLICY ->
                        false;
                };
    }
}
