package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.ObjectState.Sure;
import java.util.ArrayList;
import java.util.List;

/** What one branch does to the parts of a table while another branch renames the table. */
final class ParallelChanges {

    private final Timelines timelines;
    private final List<Joined> joined = new ArrayList<>();

    ParallelChanges(Timelines timelines) {
        this.timelines = timelines;
    }

    /** What a revision of another branch did to a part of the table, if that ran before, goes along as well. */
    void follow(ObjectName from, ObjectName to) {
        for (Timeline part : timelines.members(from)) {
            ObjectState beside = part.beside(timelines.revision(), timelines.history());
            if (beside != null) {
                follow(part, beside, from, to);
            }
        }
    }

    private void follow(Timeline part, ObjectState beside, ObjectName from, ObjectName to) {
        ObjectName moved = PostgresRules.moved(part.object(), from, to);
        Timeline there = timelines.timeline(moved, Presence.ABSENT);
        ObjectState now = timelines.before(there);
        Shape changed = beside.shape().with(PostgresRules.afterRenaming(beside.definition(), from, to));
        Shape either = now.presence() == Presence.ABSENT
                ? changed
                : now.shape().with(ObjectProperties.common(now.definition(), changed.definition()));
        Presence presence = now.presence() == beside.presence() ? now.presence() : Presence.EITHER;
        if (!moved.equals(part.object())) {
            timelines.put(part, timelines.mark(Presence.ABSENT, beside.shape(), Presence.EITHER).renamed(moved));
        }
        timelines.put(there, timelines.mark(presence, either, Presence.EITHER));
        Sure sure = new Sure(PostgresRules.afterRenaming(beside.sure().definition(), from, to), beside.sure().since());
        joined.add(new Joined(there, timelines.revision(),
                new ObjectState(beside.revision(), beside.presence(), changed, null, beside.since(),
                        beside.shapeSince(), sure,
                        beside.settled(), Presence.EITHER)));
    }

    /** Where two branches come together, what the one did to the other's table is certain. */
    void join() {
        int revision = timelines.revision();
        IndexedHistory history = timelines.history();
        joined.removeIf(one -> {
            boolean both = history.needs(revision, one.renamed) && history.needs(revision, one.beside.revision());
            if (both && timelines.before(one.part).revision() == one.renamed) {
                timelines.reshape(one.part, one.beside, one.beside.shape());
            }
            return both;
        });
    }

    /**
     * What became of a part of a table on a branch beside the one that renamed the table.
     *
     * @param renamed the revision that renamed it
     * @param beside how the other branch leaves the part, under the new name
     */
    private record Joined(Timeline part, int renamed, ObjectState beside) {}
}
