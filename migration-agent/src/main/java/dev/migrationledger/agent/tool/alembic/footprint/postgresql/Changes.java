package dev.migrationledger.agent.tool.alembic.footprint.postgresql;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Certainty;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Effects.Unknown;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
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
        return new At(line, conditional);
    }

    /** One place of the file. */
    public final class At {
        private final int line;
        private final boolean conditional;

        private At(int line, boolean conditional) {
            this.line = line;
            this.conditional = conditional;
        }

        /** The same place, for what depends on something. */
        public At only(boolean sometimes) {
            return sometimes && !conditional ? new At(line, true) : this;
        }

        public void create(ObjectName object, Map<String, String> properties) {
            created.add(object);
            add(Action.CREATE, object, null, properties);
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
            add(Action.DROP, object, null, Map.of());
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
            String line1 = expression.strip().replaceAll("\\s+", " ");
            String shown = line1.codePointCount(0, line1.length()) <= LONGEST
                    ? line1
                    : line1.substring(0, line1.offsetByCodePoints(0, LONGEST)) + "…";
            Unknown unknown = new Unknown(line, shown, reason);
            if (!unknowns.contains(unknown)) {
                unknowns.add(unknown);
            }
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
