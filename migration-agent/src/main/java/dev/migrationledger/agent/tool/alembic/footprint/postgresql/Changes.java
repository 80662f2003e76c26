package dev.migrationledger.agent.tool.alembic.footprint.postgresql;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what one function does, in order. */
public final class Changes {

    /** Characters of an expression that is shown. */
    private static final int LONGEST = 120;

    private final List<Effect> effects = new ArrayList<>();

    /** What the function has created so far, because a second object of the same implied name gets a number. */
    private final Set<ObjectName> created = new HashSet<>();

    /** What was collected so far. */
    public Effects effects() {
        return new Effects(effects);
    }

    /** Collects what happens at one line of the revision's own file. */
    public At at(int line, boolean conditional) {
        return at(Location.line(line), conditional);
    }

    /** Collects what happens at one place. */
    public At at(Location location, boolean conditional) {
        return new At(location, conditional, false);
    }

    /** One place of the file. */
    public final class At {
        private final Location location;
        private final boolean conditional;
        private final boolean looking;

        private At(Location location, boolean conditional, boolean looking) {
            this.location = location;
            this.conditional = conditional;
            this.looking = looking;
        }

        /** The same place, for what is only done where its object is missing, or there. */
        public At only(boolean looks) {
            return looks && !conditional ? new At(location, true, true) : this;
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
            // What comes along with a table depends on that one.
            Condition condition = looking && object.table() == null ? Condition.UNLESS_THERE : condition();
            effects.add(new Create(object, definition, impliedName, condition, location));
        }

        /** The same place, for what nobody knows to be done. */
        public At perhaps() {
            return new At(location, true, false);
        }

        public void create(ObjectName object, Map<String, String> properties) {
            create(object, Properties.definition(object, properties), "implied".equals(properties.get("name")));
        }

        public void alter(ObjectName object, Alteration... changes) {
            effects.add(new Alter(object, List.of(changes), condition(), location));
        }

        public void alter(ObjectName object, Map<String, String> properties) {
            alter(object, Properties.alterations(properties).toArray(Alteration[]::new));
        }

        public void rename(ObjectName object, ObjectName to) {
            created.remove(object);
            effects.add(new Rename(object, to, condition(), location));
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
            effects.add(new Drop(object, cascade, looking ? Condition.IF_THERE : condition(), location));
        }

        /**
         * Rows are inserted, updated or deleted.
         *
         * @param table whose rows they are
         */
        public void write(ObjectName table) {
            effects.add(new Write(table, condition(), location));
        }

        /**
         * Something happens that cannot be known.
         *
         * @param reason a clause without a full stop
         */
        public void unknown(String expression, String reason) {
            unknown(expression, reason, Reach.ANYTHING);
        }

        /**
         * Something happens that cannot be known, but for its bounds.
         *
         * @param reason a clause without a full stop
         * @param reach what it can have changed
         */
        public void unknown(String expression, String reason, Reach reach) {
            String line1 = expression.strip().replaceAll("\\s+", " ");
            String shown = line1.codePointCount(0, line1.length()) <= LONGEST
                    ? line1
                    : line1.substring(0, line1.offsetByCodePoints(0, LONGEST)) + "…";
            Unread unread = new Unread(shown, reason, reach, location);
            if (effects.isEmpty() || !effects.getLast().equals(unread)) {
                effects.add(unread);
            }
        }

        public boolean hasCreated(ObjectName object) {
            return created.contains(object);
        }

        private Condition condition() {
            return conditional ? Condition.PERHAPS : Condition.ALWAYS;
        }
    }
}
