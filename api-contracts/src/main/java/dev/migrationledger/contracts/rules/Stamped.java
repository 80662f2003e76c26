package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.physical.Discrepancy;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.rules.Place.Elsewhere;
import java.util.ArrayList;
import java.util.List;

/** What findings about a stamp that the schema contradicts have in common. */
final class Stamped {

    /** The plan names them all. */
    private static final int MOST_PENDING = 3;

    private Stamped() {}

    /** What to do next, in a sentence. */
    static String next(Case c, Elsewhere elsewhere) {
        List<String> chosen = elsewhere.chosen();
        ScriptsSeen scripts = c.seen().scripts();
        if (chosen == null || scripts == null) {
            return "The schema cannot tell these apart, so find out which it is before anything is stamped.";
        }
        List<String> pending = scripts.graph().upgradePath(chosen, scripts.graph().realHeads());
        return pending.isEmpty()
                ? "Stamp %s.".formatted(Words.set(chosen))
                : "Stamp %s, then upgrade: %s still %s to run.".formatted(Words.set(chosen),
                        pending.size() > MOST_PENDING
                                ? Words.count(pending.size(), "revision")
                                : Words.ids(pending),
                        pending.size() == 1 ? "has" : "have");
    }

    /** What the schema says where the rows themselves are the finding; empty where it bears them out. */
    static String elsewhere(Case c) {
        return switch (c.place()) {
            case Elsewhere elsewhere -> " The schema matches %s; against the rows, %s. %s".formatted(
                    Words.sets(elsewhere.candidates(), elsewhere.complete()), Words.discrepancies(elsewhere.against()),
                    next(c, elsewhere));
            case Place.Confirmed _,Place.Hole _,Place.Unknown _ -> "";
        };
    }

    /** Whether the stamp is wrong by itself: where the rows cannot be right as they are, or are none, that is the finding. */
    static boolean isTheCause(Rows rows) {
        return rows.areThere() && rows.overlapping().isEmpty() && rows.inexact().isEmpty();
    }

    /** The rows, what the schema matches, and what it says against the rows. */
    static List<Exhibit> evidence(Rows rows, Elsewhere elsewhere) {
        List<Exhibit> evidence = new ArrayList<>(ofRows(rows));
        elsewhere.candidates().stream().flatMap(List::stream).distinct().limit(Words.MOST_NAMED)
                .map(Exhibit::revision).forEach(evidence::add);
        objects(evidence, elsewhere.against());
        return evidence;
    }

    static List<Exhibit> evidence(Rows rows, List<Discrepancy> discrepancies) {
        List<Exhibit> evidence = new ArrayList<>(ofRows(rows));
        discrepancies.stream().flatMap(d -> d.revisions().stream()).distinct().limit(Words.MOST_NAMED)
                .map(Exhibit::revision).forEach(evidence::add);
        objects(evidence, discrepancies);
        return evidence;
    }

    static List<Exhibit> ofRows(Rows rows) {
        return rows.table().rows().stream().limit(Words.MOST_NAMED).map(Exhibit::row).toList();
    }

    private static void objects(List<Exhibit> evidence, List<Discrepancy> discrepancies) {
        discrepancies.stream().map(Discrepancy::object).distinct().limit(Words.MOST_NAMED)
                .map(Exhibit::object).forEach(evidence::add);
    }
}
