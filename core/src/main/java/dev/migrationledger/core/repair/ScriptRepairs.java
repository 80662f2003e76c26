package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.core.situation.Observations.ToolCall;
import java.util.List;

/** Repairs of scripts alone, where no database is looked at. */
public final class ScriptRepairs {

    /** A command that names more heads is unreadable. */
    private static final int MOST_NAMED = 64;

    static final String MERGE = "Writes one revision file with these parents and an empty upgrade. No database changes until you run it.";

    private ScriptRepairs() {}

    /** The same problems, with the merge of several heads as the plan of that one. */
    public static List<Finding> of(List<Finding> problems, List<String> heads, ToolCall tool) {
        return problems.stream()
                .map(problem -> problem.code() == DivergenceCode.MULTIPLE_HEADS && problem.severity() == Severity.ERROR
                        ? problem.with(List.of(merge(heads, new Commands(tool, null))))
                        : problem)
                .toList();
    }

    private static PlanStep merge(List<String> heads, Commands commands) {
        String command = commands.merge(heads.size() <= MOST_NAMED ? heads : List.of("heads"));
        return new PlanStep(command, MERGE, "'%s' prints one revision.".formatted(commands.heads()),
                commands.tool().notesOn(command));
    }
}
