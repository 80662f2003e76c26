package dev.migrationledger.agent.audit;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.text.Count;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link Verification} for people. */
final class VerificationText {

    private final Verification answer;
    private final Path file;

    VerificationText(Verification answer, Path file) {
        this.answer = answer;
        this.file = file;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(verdict());
        lines.add("");
        for (Verification.LineProblem problem : answer.problems()) {
            lines.add("line %d  %s".formatted(problem.line(), problem.problem()));
        }
        if (answer.problemCount() > answer.problems().size()) {
            lines.add("… and %d more".formatted(answer.problemCount() - answer.problems().size()));
        }
        if (!answer.problems().isEmpty()) {
            lines.add("");
        }
        lines.add("checkpoint    %s, %d leaves".formatted(Paint.plain(answer.origin()), answer.leaves()));
        lines.add("root          " + answer.root());
        lines.add("signature     " + switch (answer.signature()) {
            case VALID -> "made by the given key";
            case WRONG -> "not made by the given key";
            case NO_KEY -> "not checked; give the ledger's key with --key";
        });
        if (answer.kept() != null) {
            lines.add("kept          " + switch (answer.kept()) {
                case CONSISTENT -> "the kept checkpoint is of the same log";
                case CONTRADICTS -> "the kept checkpoint is not of this log, or not of this ledger";
                case NO_PROOF -> "the kept checkpoint has another size; give a consistency proof with --proof";
            });
        }
        lines.add("events        " + answer.lines());
        lines.add("not exported  %d leaves: other events, and signatures of agents".formatted(answer.notExported()));
        if (answer.withdrawn() > 0) {
            lines.add("withdrawn     content of %d events".formatted(answer.withdrawn()));
        }
        lines.add("");
        lines.add("Checked is the field 'record' of each line: it is as the ledger recorded it, and in this order.");
        lines.add("An export cannot prove that it has every event which its query matches.");
        return lines;
    }

    private String verdict() {
        String shown = Paint.plain(file.toString());
        if (answer.differs()) {
            return "'%s' does not match.".formatted(shown);
        }
        return answer.verified()
                ? "Verified %s of '%s'.".formatted(Count.of(answer.lines(), "event"), shown)
                : "The lines of '%s' match their checkpoint, but nothing confirms the checkpoint.".formatted(shown);
    }
}
