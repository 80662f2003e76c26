package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.policy.PolicyMistake;
import dev.migrationledger.contracts.text.Redaction;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A line of a file with what is wrong in it.
 *
 * @param mistakes each with its column; empty: the line is right, as far as is known
 */
public record PolicyLine(String text, List<String> mistakes) {

    public PolicyLine {
        mistakes = List.copyOf(mistakes);
    }

    /** All lines, up to the last one that has a mistake and those that follow it. */
    public static List<PolicyLine> of(String file, List<PolicyMistake> mistakes) {
        List<String> lines = file.lines().toList();
        // A mistake may be at the end of the file, in a line that has nothing yet.
        int last = mistakes.stream().mapToInt(PolicyMistake::line).max().orElse(0);
        return IntStream.rangeClosed(1, Math.max(lines.size(), last))
                .mapToObj(number -> new PolicyLine(number <= lines.size() ? Redaction.of(lines.get(number - 1)) : "",
                        mistakes.stream().filter(one -> one.line() == number)
                                .map(one -> "column %d: %s".formatted(one.column(), Redaction.of(one.message())))
                                .toList()))
                .toList();
    }
}
