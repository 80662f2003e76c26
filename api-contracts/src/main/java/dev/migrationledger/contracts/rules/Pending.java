package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.physical.PhysicalState.Unexplained;
import dev.migrationledger.contracts.rules.Observations.SchemaSeen;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is still to run, and what it would meet in the schema.
 *
 * @param revisions in the order in which they run
 * @param clash an object that one of them makes although it is there already; absent: none is known
 * @param loss something that one of them would drop although no migration made it; absent: none is known
 * @param drops what they drop with its rows, each as a clause
 * @param unreadable those that do something which cannot be read
 */
record Pending(
        List<String> revisions,
        @Nullable String clash,
        @Nullable String loss,
        List<String> drops,
        List<String> unreadable) {

    /** Kinds that PostgreSQL never makes by itself under a name that somebody else gave. */
    private static final Set<ObjectKind> NAMED = EnumSet.of(ObjectKind.TABLE, ObjectKind.COLUMN, ObjectKind.ENUM);

    private static final Set<ObjectKind> HOLDS_ROWS = EnumSet.of(ObjectKind.SCHEMA, ObjectKind.TABLE,
            ObjectKind.COLUMN);

    static Pending of(
            ScriptsSeen scripts, @Nullable SchemaSeen schema, @Nullable SchemaSays says, List<String> from,
            List<String> to) {
        return new Walk(scripts, schema, says).over(scripts.graph().upgradePath(from, to));
    }

    private static final class Walk {

        private final ScriptsSeen scripts;
        private final @Nullable String defaultSchema;
        private final Set<ObjectName> present = new TreeSet<>();
        private final Set<ObjectName> fresh = new TreeSet<>();
        private final List<ObjectName> unexplained = new ArrayList<>();
        private final Set<String> drops = new LinkedHashSet<>();
        private final List<String> unreadable = new ArrayList<>();
        private @Nullable String clash;
        private @Nullable String loss;

        Walk(ScriptsSeen scripts, @Nullable SchemaSeen schema, @Nullable SchemaSays says) {
            this.scripts = scripts;
            this.defaultSchema = schema == null ? null : schema.defaultSchema();
            if (schema != null) {
                schema.snapshot().objects().stream().map(SchemaObject::object).forEach(present::add);
            }
            if (says != null) {
                says.physical().unexplained().stream()
                        .filter(object -> object.perhaps() == null)
                        .map(Unexplained::object)
                        .forEach(unexplained::add);
            }
        }

        Pending over(List<String> revisions) {
            for (String revision : revisions) {
                Footprint footprint = scripts.footprints().get(revision);
                if (footprint == null || !footprint.upgrade().isRead()) {
                    unreadable.add(revision);
                }
                if (footprint != null) {
                    footprint.upgrade().changes().forEach(effect -> take(revision, effect));
                }
            }
            return new Pending(revisions, clash, loss, List.copyOf(drops), unreadable);
        }

        private void take(String revision, Change effect) {
            ObjectName object = effect.object().resolved(defaultSchema);
            switch (effect.action()) {
                case CREATE -> {
                    if (clash == null && unreadable.isEmpty() && present.contains(object) && isCertain(effect)) {
                        clash = "%s makes %s, which is there already"
                                .formatted(Words.id(revision), Words.object(object));
                    }
                    if (present.add(object)) {
                        fresh.add(object);
                    }
                }
                case RENAME -> rename(object, effect.lastName().resolved(defaultSchema));
                case DROP -> drop(revision, object);
                case ALTER, WRITE -> {
                }
            }
        }

        private static boolean isCertain(Change effect) {
            return effect.condition().isAlways() && NAMED.contains(effect.object().kind())
                    && !(effect instanceof Create create && create.impliedName());
        }

        private void drop(String revision, ObjectName object) {
            if (HOLDS_ROWS.contains(object.kind()) && present.contains(object) && !isFresh(object)) {
                drops.add("%s drops %s".formatted(Words.id(revision), Words.object(object)));
                unexplained.stream().filter(foreign -> object.holds(foreign)).findFirst().ifPresent(foreign -> {
                    if (loss == null) {
                        loss = "%s drops %s%s, which no migration made".formatted(Words.id(revision),
                                Words.object(object),
                                foreign.equals(object) ? "" : " and with it " + Words.object(foreign));
                    }
                });
            }
            present.removeIf(part -> object.holds(part));
        }

        /** What is made on the way holds nobody's rows yet. */
        private boolean isFresh(ObjectName object) {
            String table = object.table();
            return fresh.contains(object)
                    || (table != null && fresh.contains(ObjectName.table(object.schema(), table)));
        }

        private void rename(ObjectName object, ObjectName renamed) {
            List<ObjectName> moved = present.stream().filter(part -> object.holds(part)).toList();
            moved.forEach(present::remove);
            boolean made = isFresh(object);
            moved.forEach(part -> {
                ObjectName to = part.equals(object)
                        ? renamed
                        : new ObjectName(part.kind(), renamed.schema(),
                                object.kind() == ObjectKind.TABLE ? renamed.name() : part.table(), part.name());
                present.add(to);
                if (fresh.remove(part)) {
                    fresh.add(to);
                }
            });
            present.add(renamed);
            if (made) {
                fresh.add(renamed);
            }
        }
    }
}
