package dev.migrationledger.agent.sql.effect;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.unread.SqlReason.Statement;
import dev.migrationledger.contracts.unread.SqlReason.UnknownStatement;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what one function does, in order. */
public final class Changes {

    /** Characters of an expression that is shown. */
    private static final int LONGEST = 120;

    private static final Set<ObjectKind> PARTS_OF_COLUMNS = Set.of(
            ObjectKind.CONSTRAINT, ObjectKind.INDEX, ObjectKind.SEQUENCE);

    /** What makes an object be there or not. */
    private static final Set<Action> MOVING = Set.of(Action.CREATE, Action.DROP, Action.RENAME);

    private final List<Effect> effects = new ArrayList<>();

    /** What the function has created so far, because a second object of the same implied name gets a number. */
    private final Set<ObjectName> created = new HashSet<>();

    private final Session session = new Session();

    /** How many effects there were at the end of each transaction but the last. */
    private final List<Integer> ends = new ArrayList<>();

    /** Whether the function itself commits. */
    private boolean commits;

    /** Whether the connection commits each statement. */
    private boolean commitsEachStatement;

    /** What was collected so far. */
    public Effects effects() {
        return new Effects(ends.isEmpty() ? effects : Transactions.apart(effects, ends), commits, commitsEachStatement);
    }

    /** The function commits: what was collected so far stays, whatever happens from here on. */
    public void commit() {
        ends.add(effects.size());
        commits = true;
    }

    /** The same, because the connection commits each statement. */
    public void endStatement() {
        ends.add(effects.size());
        commitsEachStatement = true;
    }

    /** Collects what happens at one line of the revision's own file. */
    public At at(int line, boolean conditional) {
        return at(Location.line(line), conditional);
    }

    /** Collects what happens at one place. */
    public At at(Location location, boolean conditional) {
        return at(location, conditional ? Facts.OPEN : Facts.NONE);
    }

    /**
     * Collects what happens at one place.
     *
     * @param facts what was found out before
     */
    public At at(Location location, Facts facts) {
        return new At(location, facts, null);
    }

    /** How many effects there were so far. */
    public int size() {
        return effects.size();
    }

    /** One place of the file. */
    public final class At {
        private final Location location;
        private final Facts facts;

        /** What was made here so far by a statement that looks itself whether it is there; absent: it does not look. */
        private final @Nullable Set<ObjectName> made;

        private At(Location location, Facts facts, @Nullable Set<ObjectName> made) {
            this.location = location;
            this.facts = facts;
            this.made = made;
        }

        /** The same, at a place of another file. */
        public At in(String file, int line) {
            return new At(new Location(location.line(), file, line), facts, made);
        }

        /** The same, so many lines further down in the other file; in the script, lines of a text are not counted. */
        public At below(int lines) {
            Integer fileLine = location.fileLine();
            return location.file() == null || fileLine == null || lines == 0
                    ? this
                    : in(location.file(), fileLine + lines);
        }

        /** The same place, for a statement with IF EXISTS or IF NOT EXISTS. */
        public At only(boolean onlyIfNeeded) {
            return onlyIfNeeded && made == null ? new At(location, facts, new LinkedHashSet<>()) : this;
        }

        /** How many effects there were so far. */
        public int size() {
            return effects.size();
        }

        /** The same place, where more is known of what is there. */
        public At under(Facts more) {
            return new At(location, facts.and(more), made);
        }

        /** An object is created, of which nothing more is known. */
        public void create(ObjectName object) {
            create(object, Definition.unknown(object.kind()));
        }

        public void create(ObjectName object, Definition definition) {
            create(object, definition, false);
        }

        /**
         * An object is created.
         *
         * @param impliedName whether a naming convention may give it another name
         */
        public void create(ObjectName object, Definition definition, boolean impliedName) {
            created.add(object);
            add(new Create(object, definition, impliedName, Condition.ALWAYS, location));
        }

        /** The same place, for what nobody knows to be done. */
        public At perhaps() {
            return under(Facts.OPEN);
        }

        /** An object is created, and takes the place of one of its name. */
        public void replace(ObjectName object, Definition definition) {
            created.add(object);
            add(new Create(object, definition, false, Condition.REPLACING, location));
        }

        public void alter(ObjectName object, Alteration... changes) {
            alter(object, List.of(changes));
        }

        public void alter(ObjectName object, List<Alteration> changes) {
            add(new Alter(object, changes, Condition.ALWAYS, location));
        }

        public void rename(ObjectName object, ObjectName to) {
            created.remove(object);
            add(new Rename(object, to, Condition.ALWAYS, location));
        }

        public void drop(ObjectName object) {
            drop(object, false);
        }

        /**
         * An object is dropped.
         *
         * @param cascade whether what depends on it goes along
         */
        public void drop(ObjectName object, boolean cascade) {
            created.remove(object);
            add(new Drop(object, cascade, Condition.ALWAYS, location));
        }

        /**
         * Rows are inserted, updated or deleted.
         *
         * @param table whose rows they are
         */
        public void write(ObjectName table) {
            add(new Write(table, Condition.ALWAYS, location));
        }

        /**
         * Something happens that cannot be known.
         */
        public void unknown(String expression, UnreadReason reason) {
            unknown(expression, reason, Reach.ANYTHING);
        }

        /**
         * Something happens that cannot be known, but for its bounds.
         *
         * @param reach what it can have changed
         */
        public void unknown(String expression, UnreadReason reason, Reach reach) {
            String line1 = Redaction.of(expression.strip().replaceAll("\\s+", " "));
            String shown = line1.codePointCount(0, line1.length()) <= LONGEST
                    ? line1
                    : line1.substring(0, line1.offsetByCodePoints(0, LONGEST)) + "…";
            Unread unread = new Unread(shown, reason, reach, location);
            if (effects.isEmpty() || !effects.getLast().equals(unread)) {
                effects.add(unread);
            }
        }

        /** What was collected so far stays, whatever happens from here on. */
        public void commit() {
            Changes.this.commit();
        }

        public boolean hasCreated(ObjectName object) {
            return created.contains(object);
        }

        /**
         * Names without a schema lead elsewhere from here on.
         *
         * @param schemas in order; none: where they led before
         */
        public void search(List<String> schemas) {
            session.search(schemas);
        }

        private void add(Change change) {
            ObjectName table = table(change);
            if (session.isTemporary(change, table)) {
                return;
            }
            Facts all = made == null ? facts : facts.and(checked(made, change, table));
            Condition condition = all.equals(Facts.NONE)
                    ? Condition.ALWAYS
                    : stale(all)
                            ? Condition.PERHAPS
                            : all.conditionOf(change.action(), change.object(), table, columns(change, table));
            if (change.condition().equals(Condition.REPLACING) && condition.isAlways()) {
                condition = Condition.REPLACING;
            }
            boolean own = condition.object() == null && condition.needs() == null;
            Change done = change.when(
                    own || all.all().stream().noneMatch(this::touchedBefore) ? condition : Condition.PERHAPS);
            Change located = session.located(done, table);
            if (located == null) {
                unknown(change.object().dotted(), new UnknownStatement(Statement.SEARCH_PATH),
                        new Reach(Set.of(change.action()), Set.of(change.object().kind()),
                                Set.of(table == null ? change.object().name() : table.name())));
            } else {
                effects.add(located);
                if (located instanceof Create && all.isAskedOf(change.object(), table)) {
                    perhapsUnmade(located.object(), table);
                }
            }
        }

        /** Whether it is made cannot be known, though all that decides it is what there was: it is missed where it is missing. */
        private void perhapsUnmade(ObjectName object, @Nullable ObjectName table) {
            boolean reported = effects.reversed().stream().takeWhile(effect -> effect.location().equals(location))
                    .anyMatch(effect -> effect instanceof Unread unread && unread.isConditionOf(object, table));
            if (!reported) {
                effects.add(Unread.condition(object, table, location));
            }
        }

        /** Whether the function itself did away with something after it had looked for it. */
        private boolean stale(Facts found) {
            return found.all().stream().anyMatch(fact -> effects.stream().skip(fact.since())
                    .anyMatch(effect -> effect instanceof Change change && !(change instanceof Create)
                            && moves(change) && fact.isOf(change.object(), null)));
        }

        /** Whether the function itself made it what it was when it looked, so that this says nothing of how it was found. */
        private boolean touchedBefore(Fact fact) {
            return fact.since() != Fact.HERE
                    && effects.stream().limit(fact.since()).anyMatch(effect -> switch (effect) {
                        case Change change -> moves(change)
                                && (fact.isOf(change.object(), null) || fact.isOf(change.lastName(), null));
                        case Unread unread -> unread.reach().covers(MOVING, fact.object(), null);
                    });
        }

        private static boolean moves(Change change) {
            return MOVING.contains(change.action());
        }

        /** A statement looks for the object that it names; what comes along with a new table or column depends on that one. */
        private static Facts checked(Set<ObjectName> before, Change change, @Nullable ObjectName table) {
            boolean creates = change instanceof Create;
            ObjectName object = change.object();
            ObjectName named = object;
            for (ObjectName one : before) {
                boolean along = switch (one.kind()) {
                    case TABLE -> table != null && one.name().equals(table.name());
                    case COLUMN -> PARTS_OF_COLUMNS.contains(object.kind());
                    case SCHEMA, EXTENSION, CONSTRAINT, INDEX, SEQUENCE, ENUM, DOMAIN, TYPE, VIEW, MATERIALIZED_VIEW,
                            FUNCTION, TRIGGER, POLICY ->
                        false;
                };
                if (creates && along) {
                    named = one;
                    break;
                }
            }
            before.add(object);
            return new Facts(List.of(Fact.of(!creates, named)), false);
        }

        /** What an index or constraint is over. */
        private static List<ObjectName> columns(Change change, @Nullable ObjectName table) {
            List<String> names = switch (change) {
                case Create(_, Definition.Index index, _, _, _) -> index.columns();
                case Create(_, Definition.Constraint constraint, _, _, _) -> constraint.columns();
                case Create _,Alter _,Rename _,Drop _,Write _ -> null;
            };
            return names == null || table == null
                    ? List.of()
                    : names.stream().map(table::column).toList();
        }

        /** What it belongs to. */
        private static @Nullable ObjectName table(Change change) {
            ObjectName object = change.object();
            if (object.table() != null) {
                return ObjectName.table(object.schema(), object.table());
            }
            return switch (change) {
                case Create(_, Definition.Index index, _, _, _) -> index.table();
                case Create(_, Definition.Sequence sequence, _, _, _) when sequence.owner() != null -> ObjectName.table(
                        sequence.owner().schema(), String.valueOf(sequence.owner().table()));
                case Create _,Alter _,Rename _,Drop _,Write _ -> null;
            };
        }
    }
}
