package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaPosition.Hole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The schema matches no point in the history. */
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
    public List<Finding> check(RuleContext c) {
        ResolvedRows rows = c.rows();
        if (rows == null || !(c.place() instanceof Hole hole)) {
            return List.of();
        }
        List<Exhibit> evidence = new ArrayList<>();
        evidence.add(StampFindings.against(rows.areThere() ? "the stamp " + MessageText.set(hole.stamped()) : "base",
                hole.against()));
        if (!hole.nearest().equals(hole.stamped())) {
            evidence.add(StampFindings.against(hole.ties().size() < 2
                    ? "the most similar set, %s".formatted(MessageText.set(hole.nearest()))
                    : "%s (equally similar: %s)".formatted(MessageText.set(hole.nearest()),
                            MessageText.list(hole.ties().stream().filter(tie -> !tie.equals(hole.nearest()))
                                    .map(MessageText::set).toList())),
                    hole.discrepancies()));
        }
        List<List<String>> alike = hole.ties().stream().filter(tie -> isAlike(c, hole, tie)).toList();
        if (alike.size() > 1) {
            evidence.add(Exhibit.detail("The schema alone cannot tell %s apart."
                    .formatted(MessageText.list(alike.stream().map(MessageText::set).toList()))));
        }
        List<Discrepancy> all = new ArrayList<>(hole.against());
        hole.discrepancies().stream().filter(one -> !all.contains(one)).forEach(all::add);
        evidence.addAll(StampFindings.evidence(rows, all));
        return List.of(new Finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, "",
                "The schema matches no point in the history: it differs from %s in %s.".formatted(
                        rows.areThere()
                                ? "the stamp " + MessageText.set(hole.stamped())
                                : MessageText.set(hole.nearest()),
                        Count.of((rows.areThere() ? hole.against() : hole.discrepancies()).size(), "object")),
                evidence, c.plan(DivergenceCode.SCHEMA_HOLE)));
    }

    /** Whether what lies between a set and the nearest one changes rows only. */
    private static boolean isAlike(RuleContext c, Hole hole, List<String> tie) {
        ScriptsSeen scripts = c.seen().scripts();
        return scripts != null && Stream.concat(
                scripts.graph().upgradePath(tie, hole.nearest()).stream(),
                scripts.graph().upgradePath(hole.nearest(), tie).stream())
                .map(scripts.footprints()::get)
                .allMatch(footprint -> footprint != null && footprint.upgrade().changes().stream()
                        .allMatch(effect -> effect.action() == Action.WRITE));
    }
}
