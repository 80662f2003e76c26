package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.upgrade.IdentitySequences;
import dev.migrationledger.core.upgrade.MissingNeed;
import dev.migrationledger.core.upgrade.MissingNeeds;
import dev.migrationledger.core.upgrade.PresentObjects;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a revision that runs again finds there, after those that run again before it. */
final class HoleRepairNeeds {

    /** Kinds whose names in a script are those of the catalogs; a function's arguments can be written in many ways. */
    private static final Set<ObjectKind> NAMED = EnumSet.of(ObjectKind.TABLE, ObjectKind.COLUMN, ObjectKind.CONSTRAINT,
            ObjectKind.INDEX, ObjectKind.SEQUENCE, ObjectKind.ENUM, ObjectKind.DOMAIN, ObjectKind.TYPE,
            ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW);

    private final @Nullable String defaultSchema;
    private final Set<String> schemas;

    private final IdentitySequences identities;
    private final PresentObjects there;
    private final Set<ObjectName> fresh = new TreeSet<>();
    private final MissingNeeds needs;

    HoleRepairNeeds(SchemaSeen live) {
        this.defaultSchema = live.defaultSchema();
        List<ObjectName> objects = live.snapshot().objects().stream().map(SchemaObject::object).toList();
        this.there = new PresentObjects(objects);
        this.identities = new IdentitySequences(live);
        this.schemas = objects.stream().map(ObjectName::schema).filter(Objects::nonNull).collect(Collectors.toSet());
        this.needs = new MissingNeeds(live, "", there, fresh, identities);
    }

    /** What keeps the revision from running, as a clause such as {@code renames table public.k}. */
    record Lack(String clause, ObjectName object) {}

    /** The first that is known to be missing; absent: none is, and what the revision makes is there from now on. */
    @Nullable
    Lack of(Effects upgrade) {
        for (Change change : upgrade.changes()) {
            ObjectName object = change.object().resolved(defaultSchema);
            Lack lack = lack(change, object, upgrade);
            if (lack != null) {
                return lack;
            }
            needs.after(change);
            identities.after(change, object);
            if (change.action() == Action.CREATE || change.action() == Action.RENAME) {
                ObjectName made = change.lastName().resolved(defaultSchema);
                there.add(made);
                fresh.add(made);
            }
        }
        return null;
    }

    private @Nullable Lack lack(Change change, ObjectName object, Effects upgrade) {
        if (change.object().hasComputedSchema()) {
            return null;
        }
        return switch (change.action()) {
            case RENAME -> isMissing(object) ? new Lack("renames", object) : null;
            case ALTER -> isMissing(object) ? new Lack("alters", object) : null;
            case CREATE -> {
                ObjectName table = table(change, object);
                if (table != null && isMissing(table)) {
                    yield new Lack("changes", table);
                }
                MissingNeed need = needs.of(change, object, upgrade.effects());
                yield need == null || !need.columns().isEmpty() ? null : new Lack("needs", need.object());
            }
            case DROP, WRITE -> null;
        };
    }

    /** Whether nothing has this name, of whatever kind; parts of what the plan makes are not looked up. */
    private boolean isMissing(ObjectName object) {
        String table = object.table();
        return NAMED.contains(object.kind()) && schemas.contains(String.valueOf(object.schema()))
                && !identities.mayHave(object)
                && (table == null || !fresh.contains(ObjectName.table(object.schema(), table)))
                && (object.kind() == ObjectKind.COLUMN
                        ? !there.contains(object)
                        : there.named(object.name()).noneMatch(one -> one.name().equals(object.name())
                                && Objects.equals(one.schema(), object.schema())));
    }

    private @Nullable ObjectName table(Change change, ObjectName object) {
        ObjectName of = change instanceof Create(_, Definition.Index index, _, _, _) ? index.table() : null;
        return of != null
                ? of.resolved(defaultSchema)
                : object.table() == null ? null : ObjectName.table(object.schema(), object.table());
    }
}
