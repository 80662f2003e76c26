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
                : "nearest to it, and equally near, is %s%s".formatted(Words.sets(hole.ties(), true),
                        areAlike(c, hole) ? ", which the schema alone cannot tell apart" : "");
        return List.of(new Finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, "",
                "The schema matches no set of revisions; %s. Against %s: %s. No stamp repairs that: a revision ran in part or never, or somebody changed the schema by hand."
                        .formatted(near, Words.set(hole.nearest()), Words.discrepancies(hole.discrepancies())),
                Stamped.evidence(rows, hole.discrepancies()), c.plan(DivergenceCode.SCHEMA_HOLE)));
    }

    /** Whether what lies between the sets as near as each other leaves nothing in a schema. */
    private static boolean areAlike(Case c, Hole hole) {
        ScriptsSeen scripts = c.seen().scripts();
        return scripts != null && hole.ties().stream().allMatch(tie -> Stream
                .concat(scripts.graph().upgradePath(tie, hole.nearest()).stream(),
                        scripts.graph().upgradePath(hole.nearest(), tie).stream())
                .map(scripts.footprints()::get)
                .allMatch(footprint -> footprint != null && footprint.upgrade().effects().stream()
                        .allMatch(effect -> effect.action() == Action.WRITE)));
    }
}
