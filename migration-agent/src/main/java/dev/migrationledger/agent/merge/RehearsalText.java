package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.merge.MergeProposal.Rehearsed;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeRehearsal.Run;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.core.merge.RehearsalSentences;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A rehearsal for people. */
final class RehearsalText {

    private RehearsalText() {}

    /** What came of one. */
    static List<String> lines(MergeRehearsal rehearsal) {
        List<String> lines = new ArrayList<>();
        lines.add(Paint.plain(RehearsalSentences.headline(rehearsal)));
        lines.add("");
        lines.addAll(runs(rehearsal));
        lines.add("");
        String untried = RehearsalSentences.untried(rehearsal);
        if (!untried.isEmpty()) {
            lines.add(untried);
        }
        lines.add("Rows were not compared.");
        lines.add(Paint.plain(rehearsal.tool() == null
                ? rehearsal.server()
                : rehearsal.tool() + ", " + rehearsal.server()));
        return lines;
    }

    private static List<String> runs(MergeRehearsal rehearsal) {
        List<String> lines = new ArrayList<>();
        for (Run run : rehearsal.runs()) {
            lines.add(Paint.plain("%-9s  %s".formatted(RehearsalSentences.outcome(run), RehearsalSentences.way(run))));
            RehearsalSentences.details(run).forEach(line -> lines.add(Paint.plain("           " + line)));
        }
        return lines;
    }

    /** The rehearsals of a merge: the last one with its ways, if it did not succeed. */
    static List<String> ofMerge(MergeProposal merge) {
        if (merge.rehearsals().isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("rehearsals");
        for (Rehearsed one : merge.rehearsals()) {
            lines.add(Paint.plain("  %s  %s: %s".formatted(one.at().truncatedTo(ChronoUnit.SECONDS), one.by(),
                    RehearsalSentences.rehearsed(one))));
        }
        Rehearsed last = merge.rehearsals().getFirst();
        if (last.since().isEmpty() && !last.rehearsal().succeeded()) {
            runs(last.rehearsal()).forEach(line -> lines.add("    " + line));
        }
        return lines;
    }
}
