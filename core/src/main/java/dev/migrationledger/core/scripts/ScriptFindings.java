package dev.migrationledger.core.scripts;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.scripts.FileProblem;
import dev.migrationledger.contracts.scripts.GraphProblem;
import dev.migrationledger.contracts.scripts.GraphProblem.OverlongIds;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import java.util.List;

/** What is wrong with scripts, for people: {@code scan}, {@code doctor} and the ledger say the same. Pure. */
public final class ScriptFindings {

    private ScriptFindings() {}

    /** One finding for each problem, in their order. */
    public static List<Finding> of(List<? extends ScriptProblem> problems) {
        return problems.stream().map(ScriptFindings::of).toList();
    }

    /**
     * Ids that a version table cannot hold and that still have to run.
     *
     * @param ids whose width is that of the table
     * @param table with its schema
     */
    public static Finding tooLong(OverlongIds ids, String table) {
        return GraphFindings.longIds(ids, Severity.ERROR,
                "than the %d characters of version_num in %s".formatted(ids.width(), table),
                "Widen the column, or shorten an id that no database has: the upgrade fails there.");
    }

    /** The finding of one problem, without a plan. */
    public static Finding of(ScriptProblem problem) {
        return switch (problem) {
            case ConfigProblem config -> ConfigFindings.of(config);
            case FileProblem file -> FileFindings.of(file);
            case GraphProblem graph -> GraphFindings.of(graph);
            case ScriptProblem.LeftOut rest -> new Finding(rest.code(), Severity.ERROR, "",
                    "The scripts have %,d more problems than an agent sends.".formatted(rest.count()),
                    List.of(Exhibit.detail("Run 'migration-agent scan' to list them.")), List.of());
        };
    }
}
