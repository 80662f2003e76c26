package dev.migrationledger.core.gate;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.scripts.FileProblem;
import dev.migrationledger.contracts.scripts.FileProblem.Declared;
import dev.migrationledger.contracts.scripts.GraphProblem;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.core.situation.ResolvedRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * May code with these scripts start on a database with this version table? Only if all that it needs is applied and it knows all that is.
 * What cannot be understood never opens the gate.
 *
 * @param errors of the scripts, as {@link #errors(List)} finds them
 * @param needs ids that the code needs; none: every head
 * @param allowedAhead rows that may be in no script, because a person says that the code runs on their schema
 * @param tool how the project's migration tool is called
 */
public record StartGate(
        RevisionGraph graph, List<Finding> errors, List<String> needs, Set<String> allowedAhead, ToolCall tool) {

    public StartGate {
        errors = List.copyOf(errors);
        needs = List.copyOf(needs);
        allowedAhead = Set.copyOf(allowedAhead);
    }

    /** What hides a part of the history, so that it is not known what the code needs: in the order of the problems. */
    public static List<Finding> errors(List<? extends ScriptProblem> problems) {
        return problems.stream().filter(StartGate::hidesRevisions).map(ScriptFindings::of).toList();
    }

    private static boolean hidesRevisions(ScriptProblem problem) {
        return switch (problem) {
            // Only warnings for who runs the scripts. Here the graph lacks a revision or an edge.
            case FileProblem.CompiledOnly _ -> true;
            case FileProblem.DeclarationUnknown it -> it.declared() != Declared.BRANCH_LABELS;
            case FileProblem.PartUnknown it -> it.declared() != Declared.BRANCH_LABELS;
            // All of them can be applied.
            case GraphProblem.SeveralHeads _ -> false;
            case ConfigProblem _,FileProblem _,GraphProblem _,ScriptProblem.LeftOut _ ->
                ScriptFindings.of(problem).severity() == Severity.ERROR;
        };
    }

    /** The answer that is the same for every database: scripts with errors; absent where a version table decides. */
    public @Nullable StartAnswer withoutDatabase() {
        return errors.isEmpty()
                ? null
                : new StartAnswer(StartOutcome.SCRIPTS_INVALID, List.of(), List.of(), List.of(), List.of(), errors);
    }

    public StartAnswer judge(VersionTable table) {
        StartAnswer same = withoutDatabase();
        return same == null ? judge(ResolvedRows.of(table, graph)) : same;
    }

    private StartAnswer judge(ResolvedRows rows) {
        List<String> needed = needs.isEmpty() ? graph.realHeads().stream().distinct().toList() : needs;
        Set<String> applied = graph.implied(rows.resolved());
        List<String> missing = needed.stream().filter(id -> !applied.contains(id)).toList();
        List<String> ahead = List.copyOf(rows.unknown().keySet());
        List<String> lacking = ahead.isEmpty()
                ? missing
                : missing.stream().filter(id -> isSurelyMissing(id, rows.resolved())).toList();
        List<String> pending = graph.upgradePath(rows.resolved(), lacking);

        StartFindings make = new StartFindings(this, rows, needed);
        List<Finding> findings = new ArrayList<>(make.invalidRows());
        StartOutcome outcome = findings.isEmpty() ? StartOutcome.ALLOWED : StartOutcome.ROWS_INVALID;
        List<Finding> unknown = ahead.stream().filter(row -> !allowedAhead.contains(row)).map(make::ahead).toList();
        if (!unknown.isEmpty()) {
            findings.addAll(unknown);
            outcome = first(outcome, StartOutcome.AHEAD);
        }
        if (!rows.areThere()) {
            findings.add(make.notMigrated(pending));
            outcome = first(outcome, StartOutcome.NOT_MIGRATED);
        } else if (!pending.isEmpty()) {
            findings.add(make.behind(pending, lacking));
            outcome = first(outcome, StartOutcome.BEHIND);
        }
        List<String> assumed = missing.stream().filter(id -> !lacking.contains(id)).toList();
        return new StartAnswer(outcome, needed, pending, ahead,
                outcome == StartOutcome.ALLOWED ? assumed : List.of(), findings);
    }

    /**
     * Whether no unknown row can imply a revision. One that did would also imply the revision's ancestors, and a row that another row
     * implies never stays.
     */
    private boolean isSurelyMissing(String id, List<String> rows) {
        Set<String> before = new HashSet<>(graph.ancestors(List.of(id)));
        return !Collections.disjoint(before, rows);
    }

    private static StartOutcome first(StartOutcome one, StartOutcome other) {
        return Stream.of(one, other).min(StartOutcome::compareTo).orElseThrow();
    }
}
