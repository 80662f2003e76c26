package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Condition.Look;
import dev.migrationledger.contracts.footprint.Condition.When;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says whether a revision makes a change, given what it finds where its script looks first. */
record ConditionEvaluator(Timelines timelines, String defaultSchema) {

    /** With what a revision finds where it looks for other objects taken into account; absent: it is not done. */
    @Nullable
    When when(Change change, ObjectName object) {
        Condition condition = change.condition();
        if (condition.needs() != null) {
            return needed(condition.needs(), object);
        }
        if (condition.object() == null && !(condition.when() == When.IF_THERE
                && (change instanceof Alter || change instanceof Rename))) {
            return condition.when();
        }
        ObjectName looked = condition.object() == null ? object : condition.object().resolved(defaultSchema);
        Boolean holds = holds(new Look(condition.when() == When.IF_THERE, looked), object);
        return holds == null ? When.PERHAPS : holds ? When.ALWAYS : null;
    }

    private @Nullable When needed(List<List<Look>> needs, ObjectName own) {
        List<List<Look>> open = new ArrayList<>();
        for (List<Look> some : needs) {
            List<Boolean> known = new ArrayList<>();
            some.forEach(look -> known.add(holds(new Look(look.there(), look.object().resolved(defaultSchema)), own)));
            if (!known.contains(true)) {
                if (!known.contains(null)) {
                    return null;
                }
                open.add(some);
            }
        }
        if (open.isEmpty()) {
            return When.ALWAYS;
        }
        Look only = open.size() == 1 && open.getFirst().size() == 1 ? open.getFirst().getFirst() : null;
        return only == null || !only.object().resolved(defaultSchema).equals(own)
                ? When.PERHAPS
                : only.there() ? When.IF_THERE : When.UNLESS_THERE;
    }

    /** Whether an object is there, or missing, where a revision looks for it; absent: not known. */
    private @Nullable Boolean holds(Look look, ObjectName own) {
        Timeline timeline = timelines.known(look.object());
        if (timeline == null) {
            return isSurelyMissing(look.object()) ? Boolean.valueOf(!look.there()) : null;
        }
        ObjectState before = found(timeline, own);
        if (before.presence() == Presence.EITHER || timelines.isDoubtful(timeline, before)) {
            return null;
        }
        return (before.presence() == Presence.PRESENT) == look.there();
    }

    /** How a revision finds an object, where it looks for it on behalf of another one. */
    private ObjectState found(Timeline timeline, ObjectName own) {
        return timeline.object().equals(own)
                ? timelines.before(timeline)
                : timeline.beforeAll(timelines.revision(), timelines.history());
    }

    /**
     * The first revision that may have changed what a change looks for, in a place that cannot be read, so that it is not known whether
     * the change is made; {@link IndexedHistory#NO_DOUBT}: none.
     */
    int doubt(Change change, ObjectName own) {
        Condition condition = change.condition();
        Stream<ObjectName> looked = condition.needs() == null
                ? Stream.ofNullable(condition.object())
                : condition.needs().stream().flatMap(List::stream).map(Look::object);
        return looked.mapToInt(object -> doubt(object.resolved(defaultSchema), own))
                .filter(revision -> revision != IndexedHistory.NO_DOUBT)
                .min().orElse(IndexedHistory.NO_DOUBT);
    }

    private int doubt(ObjectName looked, ObjectName own) {
        Timeline timeline = timelines.known(looked);
        if (timeline == null) {
            return timelines.history().doubt(looked, looked.table() == null ? null : PostgresRules.tableOf(looked),
                    Contradiction.BEFORE_ANY, timelines.revision());
        }
        ObjectState found = found(timeline, own);
        return found.presence() == Presence.EITHER ? IndexedHistory.NO_DOUBT : timelines.doubt(timeline, found);
    }

    /** Whether no revision makes a part of a table that one of them surely made, and no place that cannot be read may have. */
    private boolean isSurelyMissing(ObjectName part) {
        Timeline table = part.table() == null ? null : timelines.known(PostgresRules.tableOf(part));
        int made = table == null ? -1 : table.creations().previousSetBit(timelines.revision());
        return table != null && made >= 0 && !PostgresRules.isOpen(timelines.before(table).definition())
                && !timelines.history().isDoubtful(part, table.object(), Contradiction.BEFORE_ANY,
                        timelines.revision());
    }
}
