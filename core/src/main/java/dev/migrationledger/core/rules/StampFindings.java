package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaPosition.Direction;
import dev.migrationledger.core.situation.SchemaPosition;
import dev.migrationledger.core.situation.SchemaPosition.Elsewhere;
import java.util.ArrayList;
import java.util.List;

/** What findings about a stamp that the schema contradicts have in common. */
final class StampFindings {

    private StampFindings() {}

    /**
     * The finding where the schema matches another position in this direction, and nothing but the stamp is wrong.
     *
     * @param message names the stamped revisions first, and the position of the schema second
     */
    static List<Finding> of(RuleContext c, DivergenceCode code, Direction direction, String message) {
        ResolvedRows rows = c.rows();
        if (rows == null || !(c.place() instanceof Elsewhere elsewhere) || elsewhere.direction() != direction
                || !isTheCause(rows)) {
            return List.of();
        }
        return List.of(new Finding(code, Severity.ERROR, "",
                message.formatted(MessageText.set(rows.resolved()),
                        MessageText.fewSets(elsewhere.candidates(), elsewhere.complete())),
                evidence(rows, elsewhere), c.plan(code)));
    }

    /** What the schema says where the rows themselves are the finding; none where it bears them out. */
    static List<Exhibit> details(RuleContext c) {
        return switch (c.place()) {
            case Elsewhere elsewhere -> details(elsewhere);
            case SchemaPosition.Confirmed _,SchemaPosition.Hole _,SchemaPosition.Unknown _ -> List.of();
        };
    }

    private static List<Exhibit> details(Elsewhere elsewhere) {
        return List.of(
                Exhibit.detail("The schema matches %s."
                        .formatted(MessageText.sets(elsewhere.candidates(), elsewhere.complete()))),
                against("the stamp " + MessageText.set(elsewhere.stamped()), elsewhere.against()));
    }

    /** What speaks against a set of revisions, in a line. */
    static Exhibit against(String set, List<Discrepancy> discrepancies) {
        return Exhibit.detail("Contradicts %s: %s.".formatted(set, MessageText.discrepancies(discrepancies)));
    }

    /** Whether the stamp is wrong by itself: where the rows cannot be right as they are, or are none, that is the finding. */
    static boolean isTheCause(ResolvedRows rows) {
        return rows.areThere() && rows.overlapping().isEmpty() && rows.inexact().isEmpty();
    }

    /** The rows, what the schema matches, and what it says against the rows. */
    static List<Exhibit> evidence(ResolvedRows rows, Elsewhere elsewhere) {
        List<Exhibit> evidence = new ArrayList<>();
        evidence.add(against("the stamp " + MessageText.set(elsewhere.stamped()), elsewhere.against()));
        evidence.addAll(ofRows(rows));
        elsewhere.candidates().stream().flatMap(List::stream).distinct().limit(MessageText.MOST_NAMED)
                .map(Exhibit::revision).forEach(evidence::add);
        objects(evidence, elsewhere.against());
        return evidence;
    }

    static List<Exhibit> evidence(ResolvedRows rows, List<Discrepancy> discrepancies) {
        List<Exhibit> evidence = new ArrayList<>(ofRows(rows));
        discrepancies.stream().flatMap(d -> d.revisions().stream()).distinct().limit(MessageText.MOST_NAMED)
                .map(Exhibit::revision).forEach(evidence::add);
        objects(evidence, discrepancies);
        return evidence;
    }

    static List<Exhibit> ofRows(ResolvedRows rows) {
        return rows.table().rows().stream().limit(MessageText.MOST_NAMED).map(Exhibit::row).toList();
    }

    private static void objects(List<Exhibit> evidence, List<Discrepancy> discrepancies) {
        discrepancies.stream().map(Discrepancy::object).distinct().limit(MessageText.MOST_NAMED)
                .map(Exhibit::object).forEach(evidence::add);
    }
}
