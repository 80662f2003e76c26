package dev.migrationledger.agent.tool.alembic.footprint.postgresql;

import dev.migrationledger.agent.tool.alembic.footprint.postgresql.TableChanges.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Constraints that one statement declares. PostgreSQL makes one of those whose indexes would be equal, such as a primary key and a
 * unique constraint over the same columns: the first one stays, and takes the name of the other if it has none.
 */
public final class NewConstraints {

    private final TableChanges table;
    private final List<Declared> declared = new ArrayList<>();

    private record Declared(
            Constraint kind, @Nullable String name, List<String> columns, Map<String, String> properties) {

        boolean hasIndexOf(Declared other) {
            return isKey() && other.isKey() && !columns.isEmpty() && columns.equals(other.columns);
        }

        private boolean isKey() {
            return kind == Constraint.PRIMARY_KEY || kind == Constraint.UNIQUE;
        }
    }

    public NewConstraints(TableChanges table) {
        this.table = table;
    }

    /** One more, as {@link TableChanges#createConstraint} takes it. */
    public void add(Constraint kind, @Nullable String name, List<String> columns, Map<String, String> properties) {
        Declared constraint = new Declared(kind, name, columns, properties);
        for (int i = 0; i < declared.size(); i++) {
            Declared prior = declared.get(i);
            if (prior.hasIndexOf(constraint)) {
                boolean key = prior.kind() == Constraint.PRIMARY_KEY || kind == Constraint.PRIMARY_KEY;
                declared.set(i, new Declared(
                        key ? Constraint.PRIMARY_KEY : Constraint.UNIQUE, prior.name() == null ? name : prior.name(),
                        columns, prior.properties()));
                return;
            }
        }
        declared.add(constraint);
    }

    /** Creates them. */
    public void done() {
        declared.forEach(constraint -> table.createConstraint(
                constraint.kind(), constraint.name(), constraint.columns(), constraint.properties()));
    }
}
