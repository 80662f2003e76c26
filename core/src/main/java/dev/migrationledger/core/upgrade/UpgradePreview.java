package dev.migrationledger.core.upgrade;

import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.footprint.Alteration.TypeChanged;
import dev.migrationledger.contracts.footprint.Condition.When;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.Definition.Table;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.core.position.DropRefusal;
import dev.migrationledger.core.position.DropRefusals;
import dev.migrationledger.core.situation.InvalidIndex;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.SchemaAnalysis;
import dev.migrationledger.core.upgrade.UpgradeFailure.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is still to run, and what it would meet in the schema.
 *
 * @param revisions in the order in which they run
 * @param failure the first place where it is known to fail; absent: none is known
 * @param loss something that one of them would drop although no migration made it; absent: none is known
 * @param drops what they drop with its rows, each as a clause
 * @param skipped objects that are there already, and that one of them creates only if they are missing
 * @param unreadable those that do something which cannot be read
 */
public record UpgradePreview(
        List<String> revisions,
        @Nullable UpgradeFailure failure,
        @Nullable String loss,
        List<String> drops,
        List<ObjectName> skipped,
        List<String> unreadable) {

    /** Kinds that PostgreSQL never makes by itself under a name that somebody else gave. */
    private static final Set<ObjectKind> NAMED = EnumSet.of(ObjectKind.SCHEMA, ObjectKind.TABLE, ObjectKind.COLUMN,
            ObjectKind.ENUM);

    /** These go with a column or a table, so they clash for certain only where nothing was dropped or renamed before. */
    private static final Set<ObjectKind> DEPENDENT = EnumSet.of(ObjectKind.INDEX, ObjectKind.CONSTRAINT);

    /** Kinds of which it is certain that they are not there when a snapshot lacks them. */
    private static final Set<ObjectKind> MISSED = EnumSet.of(ObjectKind.TABLE, ObjectKind.COLUMN, ObjectKind.ENUM,
            ObjectKind.INDEX, ObjectKind.SEQUENCE, ObjectKind.VIEW, ObjectKind.MATERIALIZED_VIEW, ObjectKind.FUNCTION,
            ObjectKind.TRIGGER);

    private static final Set<ObjectKind> HOLDS_ROWS = EnumSet.of(ObjectKind.SCHEMA, ObjectKind.TABLE,
            ObjectKind.COLUMN);
    private static final Set<Action> REMOVES = EnumSet.of(Action.DROP, Action.RENAME);
    private static final Set<Action> MAKES = EnumSet.of(Action.CREATE, Action.RENAME);

    public static UpgradePreview of(
            ScriptsSeen scripts, @Nullable SchemaSeen schema, @Nullable SchemaAnalysis analysis,
            @Nullable VersionTable versionTable, List<String> from, List<String> to) {
        return new Walk(scripts, schema, analysis, versionTable, from).over(scripts.graph().upgradePath(from, to));
    }

    private static final class Walk {

        private final ScriptsSeen scripts;
        private final @Nullable SchemaSeen schema;
        private final @Nullable String defaultSchema;
        private final @Nullable String versionTable;
        private final ObjectOrigins origins;
        private final PresentObjects present;
        private final Set<ObjectName> fresh = new TreeSet<>();
        private final Set<ObjectName> invalid = new TreeSet<>();

        /** Tables made on the way with parts that their statement does not name. */
        private final Set<ObjectName> open = new TreeSet<>();
        private final List<ObjectName> foreign = new ArrayList<>();
        private final Set<String> drops = new LinkedHashSet<>();
        private final Set<ObjectName> skipped = new LinkedHashSet<>();
        private final List<String> unreadable = new ArrayList<>();
        private final @Nullable DropRefusals refusals;
        private final Unchanged unchanged;
        private final IdentitySequences identities;
        private final @Nullable MissingNeeds needs;
        private List<Effect> sameRevision = List.of();
        private boolean rearranged;
        private @Nullable UpgradeFailure failure;
        private @Nullable String loss;

        Walk(
                ScriptsSeen scripts, @Nullable SchemaSeen schema, @Nullable SchemaAnalysis analysis,
                @Nullable VersionTable versionTable, List<String> from) {
            this.scripts = scripts;
            this.schema = schema;
            this.defaultSchema = schema == null ? null : schema.defaultSchema();
            this.versionTable = versionTable == null ? null : versionTable.name();
            this.origins = new ObjectOrigins(scripts, defaultSchema, from, analysis);
            this.present = new PresentObjects(schema == null
                    ? List.of()
                    : schema.snapshot().objects().stream().map(SchemaObject::object).toList());
            this.unchanged = new Unchanged(present, defaultSchema);
            this.identities = new IdentitySequences(schema);
            this.needs = schema == null
                    ? null
                    : new MissingNeeds(schema, this.versionTable, present, fresh, identities);
            this.refusals = schema == null ? null : new DropRefusals(schema.snapshot());
            if (schema != null) {
                schema.snapshot().objects().stream().filter(InvalidIndex::is).map(SchemaObject::object)
                        .forEach(invalid::add);
            }
            if (analysis != null) {
                analysis.foreign().forEach(object -> foreign.add(object.object()));
            }
        }

        UpgradePreview over(List<String> revisions) {
            for (String revision : revisions) {
                Footprint footprint = scripts.footprints().get(revision);
                if (footprint == null) {
                    unchanged.afterUnreadFile();
                    unreadable.add(revision);
                    continue;
                }
                if (!footprint.upgrade().isRead()) {
                    unreadable.add(revision);
                }
                sameRevision = footprint.upgrade().effects();
                for (Effect effect : sameRevision) {
                    switch (effect) {
                        case Change change -> take(revision, change);
                        case Unread place -> unchanged.after(place);
                    }
                }
            }
            return new UpgradePreview(revisions, failure, loss, List.copyOf(drops), List.copyOf(skipped),
                    unreadable);
        }

        private void take(String revision, Change effect) {
            ObjectName object = effect.object().resolved(defaultSchema);
            look(revision, effect, object);
            if (failure == null) {
                unchanged.after(effect, object, renamed(effect, object));
                if (needs != null) {
                    needs.after(effect);
                }
            }
            identities.after(effect, object);
            switch (effect.action()) {
                case CREATE -> {
                    if (effect instanceof Create(_, Table table, _, _, _) && hasPartsOfOthers(table)) {
                        open.add(object);
                    }
                    if (present.add(object)) {
                        fresh.add(object);
                    } else if (!fresh.contains(object) && effect.condition().when() == When.UNLESS_THERE) {
                        skipped.add(object);
                    }
                }
                case RENAME -> {
                    rearranged = true;
                    rename(object, renamed(effect, object));
                }
                case DROP -> {
                    rearranged = true;
                    drop(revision, object);
                }
                case ALTER, WRITE -> {
                }
            }
        }

        private static boolean hasPartsOfOthers(Table table) {
            return table.source() != null || Boolean.TRUE.equals(table.open()) || table.partitionOf() != null
                    || (table.inherits() != null && !table.inherits().isEmpty());
        }

        /** Whether this effect is known to fail. */
        private void look(String revision, Change effect, ObjectName object) {
            if (failure != null || schema == null || isOfVersionTable(object)) {
                return;
            }
            RefusedDrop refused = refused(effect, object);
            MissingNeed need = need(effect, object);
            Reason reason = switch (effect.action()) {
                case CREATE -> invalid.contains(object) && present.contains(object) && !rearranged
                        ? effect.condition().isAlways() ? Reason.MEETS_INVALID_INDEX : Reason.SKIPS_INVALID_INDEX
                        : clashes(effect, object)
                                ? Reason.CREATES_EXISTING
                                : need != null ? Reason.NEEDS_MISSING : null;
                case RENAME -> isMissing(effect, object)
                        ? Reason.RENAMES_MISSING
                        : renamesOntoAnother(effect, object) ? Reason.RENAMES_ONTO_EXISTING : null;
                case DROP -> isMissing(effect, object)
                        ? Reason.DROPS_MISSING
                        : refused != null ? Reason.DROPS_NEEDED : null;
                case ALTER -> isMissing(effect, object)
                        ? Reason.ALTERS_MISSING
                        : need != null ? Reason.NEEDS_MISSING : refused != null ? Reason.RETYPES_READ : null;
                case WRITE -> null;
            };
            if (reason != null) {
                ObjectName about = switch (reason) {
                    case RENAMES_ONTO_EXISTING -> renamed(effect, object);
                    case NEEDS_MISSING -> Objects.requireNonNull(need).object();
                    case MEETS_INVALID_INDEX, SKIPS_INVALID_INDEX, CREATES_EXISTING, RENAMES_MISSING, ALTERS_MISSING,
                            DROPS_MISSING, DROPS_NEEDED, RETYPES_READ ->
                        object;
                };
                failure = new UpgradeFailure(revision, reason, about,
                        reason == Reason.RENAMES_ONTO_EXISTING && !about.equals(object) ? object : null,
                        user(about), refused, reason == Reason.NEEDS_MISSING ? need : null,
                        origins.of(refused == null ? about : refused.refusal().dependent()));
            }
        }

        private @Nullable MissingNeed need(Change effect, ObjectName object) {
            return needs == null || !unchanged.isAllRead() ? null : needs.of(effect, object, sameRevision);
        }

        private boolean clashes(Change effect, ObjectName object) {
            // In one run SQLAlchemy makes an enum only once, however many tables have it.
            boolean there = present.contains(object)
                    && (object.kind() != ObjectKind.ENUM || !fresh.contains(object));
            return there && !unchanged.isPerhapsOtherwise(REMOVES, object)
                    && effect.condition().isAlways()
                    && !(effect instanceof Create create && create.impliedName())
                    && (NAMED.contains(object.kind()) || (DEPENDENT.contains(object.kind()) && !rearranged));
        }

        private boolean renamesOntoAnother(Change effect, ObjectName object) {
            ObjectName renamed = renamed(effect, object);
            return NAMED.contains(object.kind()) && !renamed.equals(object) && present.contains(renamed)
                    && isSure(effect, object) && !unchanged.isPerhapsOtherwise(REMOVES, renamed);
        }

        /** Only of what the history itself made once: whatever else is not in a snapshot may belong to an extension. */
        private boolean isMissing(Change effect, ObjectName object) {
            return effect.condition().isAlways() && MISSED.contains(object.kind())
                    && !present.contains(object)
                    && (object.table() == null || isKnown(ObjectName.table(object.schema(), object.table())))
                    && !isThereAsAnotherKind(object)
                    && !identities.mayHave(object)
                    && origins.isOfTheHistory(object) && !unchanged.isPerhapsOtherwise(MAKES, object);
        }

        private boolean isKnown(ObjectName table) {
            return present.contains(table) && !open.contains(table);
        }

        /** What PostgreSQL surely refuses, because something of the snapshot is still there that needs the object. */
        private @Nullable RefusedDrop refused(Change effect, ObjectName object) {
            boolean retypes = effect instanceof Alter alter
                    && alter.changes().stream().anyMatch(TypeChanged.class::isInstance);
            boolean drops = effect instanceof Drop drop && !drop.cascade();
            if (refusals == null || !(drops || retypes) || fresh.contains(object) || !isSure(effect, object)
                    || !unchanged.holds(effect, object)) {
                return null;
            }
            return refusals.of(object)
                    .filter(it -> drops || it.need() == DropRefusal.Need.READS)
                    .filter(it -> unchanged.holds(it) && !goesAlong(it, effect))
                    .findFirst()
                    .map(it -> new RefusedDrop(it, foreign.stream().anyMatch(one -> one.holds(it.dependent()))))
                    .orElse(null);
        }

        /** One statement may drop both. */
        private boolean goesAlong(DropRefusal refusal, Change effect) {
            return sameRevision.stream().filter(it -> !it.equals(effect) && it.location().equals(effect.location()))
                    .anyMatch(it -> it instanceof Change other && Stream
                            .concat(Stream.of(refusal.dependent()), refusal.containers().stream())
                            .anyMatch(part -> Unchanged.touches(other.object().resolved(defaultSchema), part)));
        }

        /** A column that has this enum as its type in the live schema, and is still there. */
        private @Nullable ObjectName user(ObjectName type) {
            return refusals == null || type.kind() != ObjectKind.ENUM
                    ? null
                    : refusals.of(type).map(DropRefusal::dependent)
                            .filter(it -> it.kind() == ObjectKind.COLUMN && present.contains(it))
                            .findFirst().orElse(null);
        }

        /**
         * A view under a table's name, a domain under a type's, the index of a constraint. A function's arguments can be written in many
         * ways, so any function of its name may be it.
         */
        private boolean isThereAsAnotherKind(ObjectName object) {
            return object.kind() != ObjectKind.COLUMN && present.named(object.nameWithoutArguments())
                    .anyMatch(other -> Objects.equals(object.schema(), other.schema()));
        }

        /** Under no condition, or only if it is there, which it is. */
        private boolean isSure(Change effect, ObjectName object) {
            return effect.condition().isAlways() || isMet(effect, object);
        }

        private boolean isMet(Change effect, ObjectName object) {
            ObjectName asked = effect.condition().object();
            return effect.condition().when() == When.IF_THERE
                    && present.contains(asked == null ? object : asked.resolved(defaultSchema));
        }

        private boolean isOfVersionTable(ObjectName object) {
            String table = object.kind() == ObjectKind.TABLE ? object.name() : object.table();
            return table != null && versionTable != null
                    && (versionTable.equals(table) || versionTable.endsWith("." + table));
        }

        private ObjectName renamed(Change effect, ObjectName object) {
            ObjectName to = effect.lastName().resolved(defaultSchema);
            return new ObjectName(object.kind(), to.schema(), to.table(), to.name());
        }

        private void drop(String revision, ObjectName object) {
            if (HOLDS_ROWS.contains(object.kind()) && present.contains(object) && !isFresh(object)) {
                drops.add("%s drops %s".formatted(MessageText.id(revision), MessageText.object(object)));
                foreign.stream().filter(part -> object.holds(part)).findFirst().ifPresent(part -> {
                    if (loss == null) {
                        loss = "%s drops %s%s, which no migration creates".formatted(MessageText.id(revision),
                                MessageText.object(object),
                                part.equals(object) ? "" : " and with it " + MessageText.object(part));
                    }
                });
            }
            present.heldBy(object).forEach(present::remove);
            open.removeIf(part -> object.holds(part));
        }

        /** What is made on the way holds nobody's rows yet. */
        private boolean isFresh(ObjectName object) {
            String table = object.table();
            return fresh.contains(object)
                    || (table != null && fresh.contains(ObjectName.table(object.schema(), table)));
        }

        private void rename(ObjectName object, ObjectName renamed) {
            List<ObjectName> moved = present.heldBy(object);
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
            if (open.remove(object)) {
                open.add(renamed);
            }
            if (made) {
                fresh.add(renamed);
            }
        }
    }
}
