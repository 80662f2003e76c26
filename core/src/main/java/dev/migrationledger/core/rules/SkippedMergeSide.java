package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaPosition.Direction;
import dev.migrationledger.core.situation.SchemaPosition.Elsewhere;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A merge of which one side is stamped and all sides are in the schema. It comes about by {@code stamp} with one parent of a
 * merge, which drops the other side's row without a word.
 *
 * @param merge the merge point
 * @param skipped what is on the sides that are not stamped; parents first
 */
record SkippedMergeSide(String merge, List<String> skipped) {

    /** Absent where the schema holds more than the sides and the merge: then the stamp is behind, not beside. */
    static @Nullable SkippedMergeSide of(RuleContext c) {
        ScriptsSeen scripts = c.seen().scripts();
        ResolvedRows rows = c.rows();
        if (scripts == null || rows == null || !rows.areClean()
                || !(c.place() instanceof Elsewhere elsewhere) || elsewhere.direction() != Direction.AHEAD) {
            return null;
        }
        RevisionGraph graph = scripts.graph();
        Set<String> stamped = graph.implied(rows.resolved());
        for (String merge : graph.mergePoints()) {
            List<String> parents = graph.find(merge).map(Revision::parents).orElse(List.of());
            Set<String> sides = new HashSet<>(graph.implied(List.of(merge)));
            if (stamped.contains(merge) || parents.stream().noneMatch(stamped::contains)
                    || parents.stream().allMatch(stamped::contains)) {
                continue;
            }
            sides.addAll(stamped);
            if (elsewhere.candidates().stream().map(graph::implied)
                    .allMatch(held -> held.containsAll(parents) && sides.containsAll(held))) {
                return new SkippedMergeSide(merge, graph.upgradePath(rows.resolved(), parents));
            }
        }
        return null;
    }
}
