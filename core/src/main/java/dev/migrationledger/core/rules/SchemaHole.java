package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.rules.Observations.ScriptsSeen;
import dev.migrationledger.core.rules.Place.Hole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The schema matches no set of revisions. */
final class SchemaHole implements Rule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.SCHEMA_HOLE;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.VERSION_TABLE, Input.SCHEMA);
    }

    @Override
    public List<Finding> judge(Case c) {
        Rows rows = c.rows();
        if (rows == null || !(c.place() instanceof Hole hole)) {
            return List.of();
        }
        List<Exhibit> evidence = new ArrayList<>();
        evidence.add(Stamped.against(rows.areThere() ? "the stamp " + Words.set(hole.stamped()) : "base",
                hole.against()));
        if (!hole.nearest().equals(hole.stamped())) {
            evidence.add(Stamped.against(hole.ties().size() < 2
                    ? "the nearest set, %s".formatted(Words.set(hole.nearest()))
                    : "%s (equally near: %s)".formatted(Words.set(hole.nearest()),
                            Words.list(hole.ties().stream().filter(tie -> !tie.equals(hole.nearest()))
                                    .map(Words::set).toList())),
                    hole.discrepancies()));
        }
        List<List<String>> alike = hole.ties().stream().filter(tie -> isAlike(c, hole, tie)).toList();
        if (alike.size() > 1) {
            evidence.add(Exhibit.detail("The schema alone cannot tell %s apart."
                    .formatted(Words.list(alike.stream().map(Words::set).toList()))));
        }
        List<Discrepancy> all = new ArrayList<>(hole.against());
        hole.discrepancies().stream().filter(one -> !all.contains(one)).forEach(all::add);
        evidence.addAll(Stamped.evidence(rows, all));
        return List.of(new Finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, "",
                "The schema matches no set of revisions: it differs from %s in %s.".formatted(
                        rows.areThere() ? "the stamp " + Words.set(hole.stamped()) : Words.set(hole.nearest()),
                        Words.count((rows.areThere() ? hole.against() : hole.discrepancies()).size(), "object")),
                evidence, c.plan(DivergenceCode.SCHEMA_HOLE)));
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
