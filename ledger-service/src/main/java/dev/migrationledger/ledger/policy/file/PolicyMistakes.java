package dev.migrationledger.ledger.policy.file;

import dev.migrationledger.contracts.policy.PolicyMistake;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** What is wrong with a file. */
final class PolicyMistakes {

    /** Nobody reads more at once. */
    static final int MOST = 100;

    /** A value is repeated up to here. */
    private static final int LONGEST = 60;

    private final Set<PolicyMistake> all = new TreeSet<>(Comparator.comparingInt(PolicyMistake::line)
            .thenComparingInt(PolicyMistake::column).thenComparing(PolicyMistake::message));

    void add(Node at, String message) {
        add(at.getStartMark(), message);
    }

    void add(Mark at, String message) {
        add(at.getLine() + 1, at.getColumn() + 1, message);
    }

    void add(int line, int column, String message) {
        all.add(new PolicyMistake(line, column, message));
    }

    int count() {
        return all.size();
    }

    /** In the order of the file. */
    List<PolicyMistake> list() {
        return all.stream().limit(MOST).toList();
    }

    /** A value in a sentence. */
    static String quoted(String value) {
        return "'" + (value.length() <= LONGEST ? value : value.substring(0, LONGEST) + "…") + "'";
    }
}
