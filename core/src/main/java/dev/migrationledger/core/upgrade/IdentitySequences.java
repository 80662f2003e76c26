package dev.migrationledger.core.upgrade;

import dev.migrationledger.contracts.footprint.Alteration.IdentitySet;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Schemas with an identity column. A snapshot does not list the sequence of such a column, so any sequence of the schema may be it. */
public final class IdentitySequences {

    private final Set<String> schemas = new HashSet<>();

    /** Before any change. */
    public IdentitySequences(@Nullable SchemaSeen live) {
        if (live != null) {
            live.snapshot().objects().stream()
                    .filter(one -> one.definition() instanceof Column column && column.identity() != null)
                    .map(SchemaObject::object).forEach(this::add);
        }
    }

    /**
     * Takes note of a change that was made.
     *
     * @param object of the change, with its schema
     */
    public void after(Change change, ObjectName object) {
        boolean identity = switch (change) {
            case Create(_, Column column, _, _, _) -> column.identity() != null;
            case Alter alter -> alter.changes().stream().anyMatch(IdentitySet.class::isInstance);
            case Create _,Rename _,Drop _,Write _ -> false;
        };
        if (identity) {
            add(object);
        }
    }

    private void add(ObjectName column) {
        schemas.add(String.valueOf(column.schema()));
    }

    /** Whether an object that no snapshot lists may be there nevertheless. */
    public boolean mayHave(ObjectName object) {
        return object.kind() == ObjectKind.SEQUENCE && schemas.contains(String.valueOf(object.schema()));
    }

    /** Whether no schema has any. */
    boolean isEmpty() {
        return schemas.isEmpty();
    }
}
