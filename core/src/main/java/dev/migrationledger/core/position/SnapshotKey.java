package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.Definition.Column;
import dev.migrationledger.contracts.schema.Definition.CompositeType;
import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.schema.Definition.Domain;
import dev.migrationledger.contracts.schema.Definition.EnumType;
import dev.migrationledger.contracts.schema.Definition.Extension;
import dev.migrationledger.contracts.schema.Definition.Function;
import dev.migrationledger.contracts.schema.Definition.Index;
import dev.migrationledger.contracts.schema.Definition.Policy;
import dev.migrationledger.contracts.schema.Definition.Schema;
import dev.migrationledger.contracts.schema.Definition.Sequence;
import dev.migrationledger.contracts.schema.Definition.StoredQuery;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.Definition.Trigger;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a foreign key can point to in a live schema: a primary key, a unique constraint or a unique index.
 *
 * @param columns in any order
 */
public record SnapshotKey(ObjectName table, Set<String> columns) {

    public SnapshotKey {
        columns = Set.copyOf(columns);
    }

    /** Absent if the object is not a key. An index counts as a key unless it is known not to be unique. */
    public static @Nullable SnapshotKey of(SchemaObject object) {
        boolean unique = switch (object.definition()) {
            case Constraint constraint -> constraint.type() == ConstraintType.PRIMARY_KEY
                    || constraint.type() == ConstraintType.UNIQUE;
            case Index index -> !Boolean.FALSE.equals(index.unique());
            case Schema _,Extension _,Table _,Column _,Sequence _,EnumType _,Domain _,CompositeType _,StoredQuery _,Function _,Trigger _,Policy _ ->
                false;
        };
        ObjectName table = unique ? PostgresRules.table(object.object(), object.definition()) : null;
        return table == null
                ? null
                : new SnapshotKey(table, Set.copyOf(PostgresRules.columns(object.definition())));
    }
}
