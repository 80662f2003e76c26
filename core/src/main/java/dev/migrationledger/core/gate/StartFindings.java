package dev.migrationledger.core.gate;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable.State;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.graph.Identified;
import dev.migrationledger.core.graph.Identified.Found;
import dev.migrationledger.core.graph.Identified.NotFound;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.core.situation.ResolvedRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What blocks a start, for people. The schema is not read here, so no plan rests on it. */
record StartFindings(StartGate gate, ResolvedRows rows, List<String> needed) {

    private static final String CHECK = "'migration-agent gate --start' exits with 0.";

    /** Rows that the migration tool itself would not go on from, or would go on from as something else. */
    List<Finding> invalidRows() {
        List<Finding> findings = new ArrayList<>();
        String table = rows.table().name();
        if (!rows.duplicate().isEmpty()) {
            findings.add(invalid(DivergenceCode.DUPLICATE_ROW, "",
                    (rows.duplicate().size() == 1
                            ? "Row %s appears more than once in %s."
                            : "Rows %s appear more than once in %s.")
                            .formatted(MessageText.few(rows.duplicate()), table),
                    rows.duplicate()));
        }
        if (!rows.overlapping().isEmpty()) {
            findings.add(invalid(DivergenceCode.OVERLAPPING_REVISIONS, "",
                    "Rows %s of %s overlap: another row implies %s.".formatted(MessageText.few(rows.exact()), table,
                            MessageText.few(rows.overlapping())),
                    rows.exact()));
        }
        for (Map.Entry<String, Identified> row : rows.inexact().entrySet()) {
            List<String> similar = switch (row.getValue()) {
                case Found found -> found.revisions();
                case NotFound several -> several.candidates();
            };
            findings.add(invalid(DivergenceCode.INEXACT_REVISION, row.getKey(),
                    "Row %s of %s is not a full revision id; it is short for %s.".formatted(
                            MessageText.id(row.getKey()), table, MessageText.few(similar)),
                    List.of(row.getKey())));
        }
        return findings;
    }

    private static Finding invalid(DivergenceCode code, String subject, String message, List<String> ids) {
        return new Finding(code, Severity.ERROR, subject, message, ids.stream().map(Exhibit::row).toList(),
                List.of(new PlanStep(null,
                        "Run 'migration-agent doctor'. It reads the schema and shows which rows are right.", CHECK)));
    }

    /** A row that no script has. */
    Finding ahead(String row) {
        String id = MessageText.id(row);
        List<Exhibit> evidence = new ArrayList<>();
        List<String> near = Objects.requireNonNull(rows.unknown().get(row)).candidates();
        if (!near.isEmpty()) {
            evidence.add(Exhibit.detail("The id is similar to %s.".formatted(MessageText.few(near))));
        }
        evidence.add(Exhibit.row(row));
        return new Finding(DivergenceCode.UNKNOWN_REVISION, Severity.ERROR, row,
                "No script of this code has row %s of %s.".formatted(id, rows.table().name()), evidence,
                List.of(new PlanStep(null,
                        "Deploy the newer code, whose scripts have %s. To go back instead, downgrade the database with the newer code first."
                                .formatted(id),
                        CHECK,
                        List.of("A downgrade may lose data. Save what is still needed before it.",
                                "If this code is known to run on the schema of %s, add '--allow-ahead %s'."
                                        .formatted(id, ToolCall.word(row))))));
    }

    /** No revision was ever applied: the version table is missing or empty. */
    Finding notMigrated(List<String> pending) {
        boolean missing = rows.table().state() == State.MISSING;
        return new Finding(
                missing ? DivergenceCode.VERSION_TABLE_MISSING : DivergenceCode.VERSION_TABLE_EMPTY,
                Severity.ERROR, "",
                (missing
                        ? "Version table %s does not exist, so no revision counts as applied."
                        : "Version table %s is empty, so no revision counts as applied.")
                        .formatted(rows.table().name()),
                pending.stream().map(Exhibit::revision).toList(),
                upgrade(needed, List.of(
                        "If the database already has the tables, run 'migration-agent doctor' first: an upgrade would fail.")));
    }

    /**
     * Revisions that have still to run.
     *
     * @param lacking those of the needed ones among them
     */
    Finding behind(List<String> pending, List<String> lacking) {
        return new Finding(DivergenceCode.BEHIND_HEAD, Severity.ERROR, "",
                (pending.size() == 1 ? "1 revision is pending: %s." : "%2$d revisions are pending: %1$s.")
                        .formatted(MessageText.few(pending), pending.size()),
                pending.stream().map(Exhibit::revision).toList(),
                rows.areUnderstood() && rows.areClean() ? upgrade(lacking, List.of()) : List.of());
    }

    /** One command, or one for each revision that the code needs by name. */
    private List<PlanStep> upgrade(List<String> lacking, List<String> first) {
        if (gate.needs().isEmpty()) {
            boolean single = gate.graph().heads().stream().distinct().count() == 1;
            return List.of(upgrade(single ? "head" : "heads", rows.resolved(), lacking, first));
        }
        List<PlanStep> steps = new ArrayList<>();
        Set<String> applied = new LinkedHashSet<>(rows.resolved());
        for (String id : lacking) {
            if (!gate.graph().implied(applied).contains(id)) {
                steps.add(upgrade(id, applied, List.of(id), steps.isEmpty() ? first : List.of()));
                applied.add(id);
            }
        }
        return steps;
    }

    private PlanStep upgrade(String target, Collection<String> from, List<String> to, List<String> first) {
        List<String> runs = gate.graph().upgradePath(from, to);
        String command = gate.tool().command("upgrade") + " " + ToolCall.word(target);
        List<String> details = new ArrayList<>(first);
        details.addAll(gate.tool().notesOn(command));
        return new PlanStep(command, runs.size() == 1
                ? "Runs 1 revision: %s.".formatted(MessageText.id(runs.getFirst()))
                : "Runs %s, from %s to %s.".formatted(Count.of(runs.size(), "revision"),
                        MessageText.id(runs.getFirst()), MessageText.id(runs.getLast())),
                CHECK, details);
    }
}
