package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Condition.ExistenceCheck;
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
        ObjectName checked = condition.object() == null ? object : condition.object().resolved(defaultSchema);
        Boolean holds = holds(new ExistenceCheck(condition.when() == When.IF_THERE, checked), object);
        return holds == null ? When.PERHAPS : holds ? When.ALWAYS : null;
    }

    private @Nullable When needed(List<List<ExistenceCheck>> needs, ObjectName own) {
        List<List<ExistenceCheck>> open = new ArrayList<>();
        for (List<ExistenceCheck> some : needs) {
            List<Boolean> known = new ArrayList<>();
            some.forEach(check -> known
                    .add(holds(new ExistenceCheck(check.there(), check.object().resolved(defaultSchema)), own)));
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
        ExistenceCheck only = open.size() == 1 && open.getFirst().size() == 1 ? open.getFirst().getFirst() : null;
        return only == null || !only.object().resolved(defaultSchema).equals(own)
                ? When.PERHAPS
                : only.there() ? When.IF_THERE : When.UNLESS_THERE;
    }

    /** Whether an object is there, or missing, where a revision looks for it; absent: not known. */
    private @Nullable Boolean holds(ExistenceCheck check, ObjectName own) {
        Timeline timeline = timelines.known(check.object());
        if (timeline == null) {
            return isSurelyMissing(check.object()) ? Boolean.valueOf(!check.there()) : null;
        }
        ObjectState before = found(timeline, own);
        if (before.presence() == Presence.EITHER || timelines.isDoubtful(timeline, before)) {
            return null;
        }
        return (before.presence() == Presence.PRESENT) == check.there();
    }

    /** How a revision finds an object, where it looks for it on behalf of another one. */
    private ObjectState found(Timeline timeline, ObjectName own) {
        return timeline.object().equals(own)
                ? timelines.before(timeline)
                : timeline.beforeAll(timelines.revision(), timelines.history());
    }

    /**
     * The first revision that may have changed what a change looks for, in a place that cannot be read, so that it is not known whether
     * the change is made; {@link IndexedHistory#NO_UNCERTAINTY}: none.
     */
    int uncertainty(Change change, ObjectName own) {
        Condition condition = change.condition();
        Stream<ObjectName> checked = condition.needs() == null
                ? Stream.ofNullable(condition.object())
                : condition.needs().stream().flatMap(List::stream).map(ExistenceCheck::object);
        return checked.mapToInt(object -> uncertainty(object.resolved(defaultSchema), own))
                .filter(revision -> revision != IndexedHistory.NO_UNCERTAINTY)
                .min().orElse(IndexedHistory.NO_UNCERTAINTY);
    }

    private int uncertainty(ObjectName checked, ObjectName own) {
        Timeline timeline = timelines.known(checked);
        if (timeline == null) {
            return timelines.history().uncertainty(checked,
                    checked.table() == null ? null : PostgresRules.tableOf(checked),
                    Contradiction.BEFORE_ANY, timelines.revision());
        }
        ObjectState found = found(timeline, own);
        return found.presence() == Presence.EITHER
                ? IndexedHistory.NO_UNCERTAINTY
                : timelines.uncertainty(timeline, found);
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
