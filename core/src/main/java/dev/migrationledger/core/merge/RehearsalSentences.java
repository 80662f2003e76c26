package dev.migrationledger.core.merge;

import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeProposal.Rehearsed;
import dev.migrationledger.contracts.merge.MergeRehearsal.Difference;
import dev.migrationledger.contracts.merge.MergeRehearsal.Failure;
import dev.migrationledger.contracts.merge.MergeRehearsal.Run;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.situation.MessageText;
import java.util.ArrayList;
import java.util.List;

/** A rehearsal in words, for a terminal and for a page. Ids and errors are as tools have them: what shows them has to make them harmless. */
public final class RehearsalSentences {

    private static final int NAMED = 4;

    private RehearsalSentences() {}

    /** What came of it. */
    public static String headline(MergeRehearsal rehearsal) {
        long ways = rehearsal.runs().size();
        long failed = rehearsal.runs().stream().filter(run -> run.failure() != null).count();
        long different = rehearsal.runs().stream().filter(run -> !run.differences().isEmpty()).count();
        if (failed == 0 && different == 0) {
            return ways == 1
                    ? "The way to one head succeeds."
                    : "All %d ways to one head succeed and end with the same schema.".formatted(ways);
        }
        List<String> clauses = new ArrayList<>();
        if (failed > 0) {
            clauses.add("%d of %s to one head %s".formatted(failed, Count.of(ways, "way"),
                    failed == 1 ? "fails" : "fail"));
        }
        if (different > 0) {
            clauses.add("%d of %s %s with another schema".formatted(different, Count.of(ways, "way"),
                    different == 1 ? "ends" : "end"));
        }
        return String.join(", and ", clauses) + ".";
    }

    /** What a run upgraded to, and who would go this way. */
    public static String way(Run run) {
        String stops = ListText.plain(run.stops());
        return (run.stops().size() == 1 ? stops + " at once" : stops)
                + (run.environments().isEmpty() ? "" : ", as " + ListText.and(run.environments(), NAMED));
    }

    /** One word for how a run ended. */
    public static String outcome(Run run) {
        return run.failure() != null ? "failed" : run.differences().isEmpty() ? "ok" : "different";
    }

    /** Why a run did not end as the first one did, line by line; none: it did. */
    public static List<String> details(Run run) {
        List<String> lines = new ArrayList<>();
        Failure failure = run.failure();
        if (failure != null) {
            lines.add("%s: %s".formatted(failure.revision() == null ? failure.stop() : failure.revision(),
                    failure.error()));
        }
        run.differences().forEach(one -> lines.add(difference(one)));
        if (run.moreDifferences() > 0) {
            lines.add("%d more".formatted(run.moreDifferences()));
        }
        return lines;
    }

    private static String difference(Difference difference) {
        String object = MessageText.objects(List.of(difference.object()));
        String first = difference.first();
        String here = difference.here();
        return first == null
                ? "%s is only here".formatted(object)
                : here == null
                        ? "%s is missing here".formatted(object)
                        : "%s is '%s' here, and '%s' after the first way".formatted(object, here, first);
    }

    /** Which ways were not tried; empty: none. */
    public static String untried(MergeRehearsal rehearsal) {
        return rehearsal.untried() == 0
                ? ""
                : "%s of the sides %s not tried.".formatted(Count.of(rehearsal.untried(), "other order"),
                        rehearsal.untried() == 1 ? "was" : "were");
    }

    /** Who rehearsed it, what came of it, and whether that is still what would be merged. */
    public static String rehearsed(Rehearsed one) {
        String headline = headline(one.rehearsal());
        return one.since().isEmpty()
                ? headline
                : "%s Rehearsed before %s.".formatted(headline,
                        ListText.and(one.since().stream().map(RehearsalSentences::change).toList(), NAMED));
    }

    private static String change(MergeDifference difference) {
        return switch (difference.kind()) {
            case REVISION_ADDED -> "%s was added".formatted(difference.revision());
            case REVISION_REMOVED -> "%s went away".formatted(difference.revision());
            case REVISION_EDITED -> "%s changed".formatted(difference.revision());
            case PARENTS_CHANGED -> "%s got other parents".formatted(difference.revision());
            case ORDER_CHANGED -> "the order changed";
            case WAY_CHANGED -> "merging and re-parenting changed places";
        };
    }
}
