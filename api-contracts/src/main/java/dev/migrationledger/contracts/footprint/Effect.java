package dev.migrationledger.contracts.footprint;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing that a function does. */
public sealed interface Effect {

    Location location();

    /** Something that is known to be done to one object. */
    sealed interface Change extends Effect {

        /** Before the change; of rows their table. */
        ObjectName object();

        Condition condition();

        Action action();

        /** Under which name it is there afterwards, or was. */
        default ObjectName lastName() {
            return object();
        }

        /** The same under another condition. */
        Change when(Condition other);
    }

    /**
     * An object is created.
     *
     * @param impliedName whether it has the name that PostgreSQL or SQLAlchemy gives it, unless a naming convention elsewhere in the
     *     project gives it another
     */
    record Create(
            ObjectName object, Definition definition, boolean impliedName, Condition condition, Location location)
            implements
                Change {
        @Override
        public Action action() {
            return Action.CREATE;
        }

        @Override
        public Change when(Condition other) {
            return new Create(object, definition, impliedName, other, location);
        }
    }

    record Alter(ObjectName object, List<Alteration> changes, Condition condition, Location location)
            implements
                Change {
        public Alter {
            changes = List.copyOf(changes);
        }

        @Override
        public Action action() {
            return Action.ALTER;
        }

        @Override
        public Change when(Condition other) {
            return new Alter(object, changes, other, location);
        }
    }

    /** An object gets another name or schema. */
    record Rename(ObjectName object, ObjectName to, Condition condition, Location location) implements Change {
        @Override
        public Action action() {
            return Action.RENAME;
        }

        @Override
        public ObjectName lastName() {
            return to;
        }

        @Override
        public Change when(Condition other) {
            return new Rename(object, to, other, location);
        }
    }

    /**
     * An object is dropped.
     *
     * @param cascade whether what depends on it goes along
     */
    record Drop(ObjectName object, boolean cascade, Condition condition, Location location) implements Change {
        @Override
        public Action action() {
            return Action.DROP;
        }

        @Override
        public Change when(Condition other) {
            return new Drop(object, cascade, other, location);
        }
    }

    /**
     * Rows of a table are inserted, updated or deleted.
     *
     * @param apart whether the function changes the schema in other transactions only than the one that writes them, so that what it makes may
     *     be there without these rows; absent: no, or it is not known
     */
    record Write(
            ObjectName object, @Nullable Boolean apart, Condition condition, Location location) implements Change {

        public Write(ObjectName object, Condition condition, Location location) {
            this(object, null, condition, location);
        }

        @Override
        public Action action() {
            return Action.WRITE;
        }

        @Override
        public Change when(Condition other) {
            return new Write(object, apart, other, location);
        }
    }

    /**
     * A place that cannot be known without running it.
     *
     * @param expression its source, shortened
     * @param reason why
     * @param bounds what it can have changed; absent: anything
     * @param makes the object that it creates, or not: an unread question to the schema decides; absent: it asks no such question
     */
    record Unread(String expression, UnreadReason reason, @Nullable Reach bounds, @Nullable ObjectName makes,
            Location location)
            implements
                Effect {

        public Unread {
            bounds = Reach.ANYTHING.equals(bounds) ? null : bounds;
        }

        public Unread(String expression, UnreadReason reason, @Nullable Reach bounds, Location location) {
            this(expression, reason, bounds, null, location);
        }

        public Reach reach() {
            return bounds == null ? Reach.ANYTHING : bounds;
        }

        /**
         * Where it cannot be known whether an object is made, because that depends on what there was; a table stands for its parts.
         *
         * @param table of an index or of a part of a table
         */
        public static Unread condition(ObjectName object, @Nullable ObjectName table, Location location) {
            return new Unread(object.dotted(), new UnknownOperation(Part.SCHEMA_CONDITION),
                    new Reach(Set.of(Action.CREATE), object.kind() == ObjectKind.TABLE ? null : Set.of(object.kind()),
                            Set.of(object.table() == null || table == null ? object.name() : table.name())),
                    object, location);
        }

        /** Whether it is that of this object. */
        public boolean isConditionOf(ObjectName object, @Nullable ObjectName table) {
            return makes != null
                    && reach().covers(Set.of(Action.CREATE), object, table == null ? null : table.name())
                    && (makes.kind() == ObjectKind.TABLE || makes.name().equals(object.name()));
        }

        /** In the revision's own file. */
        public int line() {
            return location.line();
        }
    }

    enum Action {
        CREATE,
        ALTER,
        RENAME,
        DROP,
        /** Rows are inserted, updated or deleted. */
        WRITE
    }
}
