package dev.migrationledger.agent.tool.alembic.footprint.postgresql;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Certainty;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Effects.Unknown;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what one function does, in order. */
public final class Changes {

    /** Characters of an expression that is shown. */
    private static final int LONGEST = 120;

    private final List<Effect> effects = new ArrayList<>();
    private final List<Unknown> unknowns = new ArrayList<>();

    /** What the function has created so far, because a second object of the same implied name gets a number. */
    private final Set<ObjectName> created = new HashSet<>();

    /** What was collected so far. */
    public Effects effects() {
        return new Effects(effects, unknowns);
    }

    /** Collects what happens at one line. */
    public At at(int line, boolean conditional) {
        return new At(line, conditional, false);
    }

    /** One place of the file. */
    public final class At {
        private final int line;
        private final boolean conditional;
        private final boolean looking;

        private At(int line, boolean conditional, boolean looking) {
            this.line = line;
            this.conditional = conditional;
            this.looking = looking;
        }

        /** The same place, for what is only done where its object is missing, or there. */
        public At only(boolean looks) {
            return looks && !conditional ? new At(line, true, true) : this;
        }

        public void create(ObjectName object, Map<String, String> properties) {
            created.add(object);
            // What comes along with a table depends on that one.
            boolean unlessThere = looking && object.table() == null;
            add(Action.CREATE, object, null, unlessThere ? with(properties, "unless") : properties);
        }

        public void alter(ObjectName object, Map<String, String> properties) {
            add(Action.ALTER, object, null, properties);
        }

        public void rename(ObjectName object, ObjectName to) {
            created.remove(object);
            add(Action.RENAME, object, to, Map.of());
        }

        public void drop(ObjectName object) {
            created.remove(object);
            add(Action.DROP, object, null, looking ? Map.of("if", "there") : Map.of());
        }

        /**
         * Rows are inserted, updated or deleted.
         *
         * @param table whose rows they are
         */
        public void write(ObjectName table) {
            add(Action.WRITE, table, null, Map.of());
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
            Unknown unknown = new Unknown(line, shown, reason, reach);
            if (!unknowns.contains(unknown)) {
                unknowns.add(unknown);
            }
        }

        private static Map<String, String> with(Map<String, String> properties, String condition) {
            Map<String, String> more = new HashMap<>(properties);
            more.put(condition, "there");
            return more;
        }

        boolean hasCreated(ObjectName object) {
            return created.contains(object);
        }

        private void add(Action action, ObjectName object, @Nullable ObjectName to, Map<String, String> properties) {
            Certainty certainty = conditional ? Certainty.CONDITIONAL : Certainty.CERTAIN;
            effects.add(new Effect(action, object, to, properties, certainty, line));
        }
    }
}
