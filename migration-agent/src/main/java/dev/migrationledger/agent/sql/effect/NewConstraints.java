package dev.migrationledger.agent.sql.effect;

import dev.migrationledger.contracts.schema.Definition.Constraint;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Constraints that one statement declares. PostgreSQL makes one of those whose indexes would be equal, such as a primary key and a
 * unique constraint over the same columns: the first one stays, and takes the name of the other if it has none.
 */
public final class NewConstraints {

    private final TableChanges table;
    private final List<Declared> declared = new ArrayList<>();

    private record Declared(@Nullable String name, Constraint constraint) {

        boolean hasIndexOf(Declared other) {
            return isKey() && other.isKey() && constraint.columns() != null
                    && constraint.columns().equals(other.constraint.columns());
        }

        private boolean isPrimary() {
            return constraint.type() == ConstraintType.PRIMARY_KEY;
        }

        private boolean isKey() {
            return isPrimary() || constraint.type() == ConstraintType.UNIQUE;
        }
    }

    public NewConstraints(TableChanges table) {
        this.table = table;
    }

    /**
     * A constraint that all rows keep to.
     *
     * @param columns that it is over; a check: those that it mentions; empty: they are not known
     */
    public static Constraint valid(ConstraintType type, List<String> columns) {
        return Constraint.of(type, columns.isEmpty() ? null : columns).withValidated(true);
    }

    /** One more, as {@link TableChanges#createConstraint} takes it. */
    public void add(@Nullable String name, Constraint constraint) {
        Declared more = new Declared(name, constraint);
        for (int i = 0; i < declared.size(); i++) {
            Declared prior = declared.get(i);
            if (prior.hasIndexOf(more)) {
                declared.set(i, new Declared(prior.name() == null ? name : prior.name(),
                        more.isPrimary()
                                ? prior.constraint().withType(ConstraintType.PRIMARY_KEY)
                                : prior.constraint()));
                return;
            }
        }
        declared.add(more);
    }

    /** Creates them. */
    public void done() {
        declared.forEach(constraint -> table.createConstraint(constraint.name(), constraint.constraint()));
    }
}
