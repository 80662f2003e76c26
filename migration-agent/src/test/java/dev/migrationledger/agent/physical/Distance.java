package dev.migrationledger.agent.physical;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How far two schemas are from each other. */
final class Distance {

    private Distance() {}

    /**
     * How many things were done by hand, at least, if one schema came from the other so: an object that came or went counts once,
     * with all that belongs to it.
     */
    static int between(SchemaSnapshot one, SchemaSnapshot other) {
        SchemaDifference difference = SchemaDifference.between(one, other);
        return roots(difference.created()) + roots(difference.dropped()) + difference.changed().stream()
                .filter(change -> change.object().kind() != ObjectKind.SEQUENCE && !isMoved(change, difference))
                .toList().size();
    }

    /** An index has no table in its name: it goes with one that went, and comes with one that came. */
    private static boolean isMoved(SchemaDifference.Change change, SchemaDifference difference) {
        return change.object().kind() == ObjectKind.INDEX
                && difference.dropped().stream().anyMatch(table -> isOn(change.object(), change.from(), table))
                && difference.created().stream().anyMatch(table -> isOn(change.object(), change.to(), table));
    }

    private static boolean isOn(ObjectName index, Definition definition, SchemaObject table) {
        return table.object().kind() == ObjectKind.TABLE && belongs(new SchemaObject(index, definition), table);
    }

    /** How many things are there no longer. */
    static int gone(SchemaSnapshot before, SchemaSnapshot after) {
        return roots(SchemaDifference.between(before, after).dropped());
    }

    private static int roots(List<SchemaObject> objects) {
        List<SchemaObject> roots = new ArrayList<>();
        for (SchemaObject object : objects) {
            if (objects.stream().noneMatch(whole -> belongs(object, whole))) {
                roots.add(object);
            }
        }
        return roots.size();
    }

    private static boolean belongs(SchemaObject part, SchemaObject whole) {
        ObjectName of = whole.object();
        ObjectName name = part.object();
        return switch (of.kind()) {
            case SCHEMA -> of.name().equals(name.schema());
            case TABLE -> (Objects.equals(of.schema(), name.schema()) && of.name().equals(name.table()))
                    || mentions(part, of.schema() + "." + of.name());
            case COLUMN -> !name.equals(of) && (Objects.equals(of.table(), name.table())
                    || mentions(part, of.schema() + "." + of.table())) && mentions(part, of.name());
            case ENUM -> name.kind() == ObjectKind.COLUMN && mentions(part, of.schema() + "." + of.name());
            default -> false;
        };
    }

    private static boolean mentions(SchemaObject part, String name) {
        return part.text().contains(name);
    }
}
