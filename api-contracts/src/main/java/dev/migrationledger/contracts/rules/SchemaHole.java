package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.rules.Place.Hole;
import java.util.List;
import java.util.stream.Stream;

/** The schema matches no set of revisions. */
final class SchemaHole implements Rule {

    @Override
    public List<Finding> judge(Case c) {
        Rows rows = c.rows();
        if (rows == null || !(c.place() instanceof Hole hole)) {
            return List.of();
        }
        String near = hole.ties().size() < 2
                ? "nearest to it is %s".formatted(Words.set(hole.nearest()))
                : "nearest to it, and equally near, is %s".formatted(Words.sets(hole.ties(), true));
        List<List<String>> alike = hole.ties().stream().filter(tie -> isAlike(c, hole, tie)).toList();
        String apart = alike.size() < 2
                ? ""
                : " The schema alone cannot tell %s apart."
                        .formatted(Words.list(alike.stream().map(Words::set).toList()));
        return List.of(new Finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, "",
                "The schema matches no set of revisions; %s. Against %s: %s. No stamp repairs that: a revision ran in part or never, or somebody changed the schema by hand.%s"
                        .formatted(near, Words.set(hole.nearest()), Words.discrepancies(hole.discrepancies()), apart),
                Stamped.evidence(rows, hole.discrepancies()), c.plan(DivergenceCode.SCHEMA_HOLE)));
    }

    /** Whether what lies between a set and the nearest one changes rows only. */
    private static boolean isAlike(Case c, Hole hole, List<String> tie) {
        ScriptsSeen scripts = c.seen().scripts();
        return scripts != null && Stream.concat(
                scripts.graph().upgradePath(tie, hole.nearest()).stream(),
                scripts.graph().upgradePath(hole.nearest(), tie).stream())
                .map(scripts.footprints()::get)
                .allMatch(footprint -> footprint != null && footprint.upgrade().changes().stream()
                        .allMatch(effect -> effect.action() == Action.WRITE));
    }
}
