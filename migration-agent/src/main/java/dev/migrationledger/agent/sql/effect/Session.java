package dev.migrationledger.agent.sql.effect;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which objects names without a schema stand for in one function: temporary ones first, then those on the search path. What a
 * function sets is forgotten at its end: whether it lasts for the next revision depends on how many of them one run of Alembic takes.
 */
final class Session {

    /** The schema of temporary objects. */
    static final String TEMPORARY = "pg_temp";

    private static final Set<String> OF_NO_OBJECTS = Set.of("pg_catalog", TEMPORARY, "$user", "");

    private static final Set<ObjectKind> WITHOUT_TEMPORARY = Set.of(
            ObjectKind.SCHEMA, ObjectKind.EXTENSION, ObjectKind.FUNCTION, ObjectKind.ENUM, ObjectKind.DOMAIN,
            ObjectKind.TYPE);

    private final Set<String> temporary = new HashSet<>();

    /** Empty: as the database has it. */
    private List<String> path = List.of();

    /** What was created in the first schema of the path. */
    private final Set<String> createdInFirst = new HashSet<>();

    /** @param schemas none: as the database has it */
    void search(List<String> schemas) {
        path = schemas.stream().filter(schema -> !OF_NO_OBJECTS.contains(schema)).toList();
        createdInFirst.clear();
    }

    /** Whether it is done to a temporary object, which is no part of a schema. */
    boolean isTemporary(Change change, @Nullable ObjectName table) {
        if (!isTemporary(change.object()) && (table == null || !isTemporary(table))) {
            return false;
        }
        ObjectName object = change.lastName();
        if (object.table() == null && change instanceof Drop) {
            temporary.remove(object.name());
        } else if (object.table() == null) {
            temporary.add(object.name());
        }
        return true;
    }

    private boolean isTemporary(ObjectName object) {
        return TEMPORARY.equals(object.schema()) || (object.schema() == null
                && !WITHOUT_TEMPORARY.contains(object.kind()) && temporary.contains(relation(object)));
    }

    private static String relation(ObjectName object) {
        return object.table() == null ? object.name() : object.table();
    }

    /**
     * The change with the schemas that names without one lead to; absent: that depends on what is in the schemas of the path.
     *
     * @param table what the object belongs to
     */
    @Nullable
    Change located(Change change, @Nullable ObjectName table) {
        if (path.isEmpty()) {
            return change;
        }
        if (change.object().schema() != null) {
            return change instanceof Create create ? withDefinitionIn(path.getFirst(), create) : change;
        }
        boolean creates = change instanceof Create && table == null;
        if (creates) {
            createdInFirst.add(change.object().name());
        }
        String whole = table == null ? change.object().name() : table.name();
        return creates || isInFirst(whole) ? in(path.getFirst(), change) : null;
    }

    private boolean isInFirst(String relation) {
        return path.size() == 1 || createdInFirst.contains(relation);
    }

    private Change in(String schema, Change change) {
        ObjectName object = change.object().resolved(schema);
        Condition when = change.condition().resolved(schema);
        return switch (change) {
            case Create create ->
                new Create(object, in(schema, create.definition()), create.impliedName(), when, create.location());
            case Alter alter -> new Alter(
                    object, alter.changes().stream().map(one -> in(schema, one)).toList(), when, alter.location());
            case Rename rename -> new Rename(object, rename.to().resolved(schema), when, rename.location());
            case Drop drop -> new Drop(object, drop.cascade(), when, drop.location());
            case Write write -> new Write(object, write.apart(), when, write.location());
        };
    }

    /** The object has a schema; a table that its foreign key refers to may have none. */
    private Create withDefinitionIn(String schema, Create create) {
        return new Create(create.object(), in(schema, create.definition()), create.impliedName(), create.condition(),
                create.location());
    }

    private Definition in(String schema, Definition definition) {
        return switch (definition) {
            case Definition.Index index -> index.table() == null
                    ? index
                    : index.withTable(index.table().resolved(schema));
            case Definition.Constraint constraint -> constraint.references() == null
                    ? constraint
                    : constraint.withReferences(isKnown(constraint.references())
                            ? constraint.references().resolved(schema)
                            : null);
            case Definition.Sequence sequence -> sequence.owner() == null
                    ? sequence
                    : sequence.withOwner(sequence.owner().resolved(schema));
            case Definition.Table table -> table.withSource(table.source() != null && isKnown(table.source().table())
                    ? table.source().withTable(table.source().table().resolved(schema))
                    : null);
            case Definition.Schema _,Definition.Extension _,Definition.Column _,Definition.EnumType _,Definition.Domain _,Definition.CompositeType _,Definition.StoredQuery _,Definition.Function _,Definition.Trigger _,Definition.Policy _ ->
                definition;
        };
    }

    /** Whether it is known to which schema the name of a table leads. */
    private boolean isKnown(ObjectName table) {
        return table.schema() != null || isInFirst(table.name());
    }

    private static Alteration in(String schema, Alteration alteration) {
        return switch (alteration) {
            case Alteration.OwnerSet owner -> owner.column() == null
                    ? owner
                    : new Alteration.OwnerSet(owner.column().resolved(schema));
            case Alteration.PartitionSet partition -> partition.parent() == null
                    ? partition
                    : new Alteration.PartitionSet(partition.parent().resolved(schema));
            case Alteration.InheritanceSet(ObjectName parent, boolean inherits) ->
                new Alteration.InheritanceSet(parent.resolved(schema), inherits);
            case Alteration.TypeChanged _,Alteration.NullableSet _,Alteration.DefaultSet _,Alteration.IdentitySet _,Alteration.ValueAdded _,Alteration.ValueRenamed _,Alteration.ValuesSet _,Alteration.TriggerSet _,Alteration.Validated _,Alteration.TimingSet _,Alteration.Commented _,Alteration.NotCompared _,Alteration.Unknown _ ->
                alteration;
        };
    }
}
