package dev.migrationledger.agent.audit;

import dev.migrationledger.core.export.ExportProblem;

/** What is wrong in a line of an export, in a sentence. */
final class ProblemText {

    private ProblemText() {}

    static String sentence(ExportProblem problem) {
        return switch (problem) {
            case ExportProblem.EventChanged it ->
                "The event at position %d is not the one that the log has.".formatted(it.position());
            case ExportProblem.NotInLog it ->
                "The event at position %d is not in the log.".formatted(it.position());
            case ExportProblem.RecordMissing _ -> "The line has no record.";
            case ExportProblem.OutOfOrder it ->
                "Leaf %d comes twice or too late.".formatted(it.leaf());
            case ExportProblem.LinesMissing it ->
                "Lines are missing before this one: nothing proves leaves %d to %d.".formatted(it.firstLeaf(),
                        it.lastLeaf());
            case ExportProblem.ProofWrong _ -> "The proof of this line does not lead to the checkpoint.";
            case ExportProblem.LinesChanged it ->
                "A line from %d to %d was changed along with its hash.".formatted(it.line(), it.lastLine());
            case ExportProblem.CountWrong it ->
                "The manifest counts %d events, but there are %d.".formatted(it.expected(), it.found());
        };
    }
}
