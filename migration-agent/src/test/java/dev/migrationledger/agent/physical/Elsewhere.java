package dev.migrationledger.agent.physical;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/** What was counted on one public history, and what was wrong there. */
final class Elsewhere {

    enum Count {
        REVISIONS("revisions"),
        LEFT_OUT("left out"),
        STOPS("stops"),
        RIGHT("right"),
        COULD_NOT_TELL("could not tell"),
        FALSE_ALARM("false alarms"),
        STAMPS("wrong stamps"),
        STAMPS_FOUND("found wrong"),
        STAMPS_UNCONFIRMED("unconfirmed"),
        STAMPS_ALIKE("same schema"),
        STAMPS_NOTED("reported as alike"),
        FALSE_HEALTHY("false healthy"),
        PLANS("plans"),
        PLANS_STOP("for a person"),
        PLANS_RUN("run"),
        HARMFUL("harmful plans"),
        DAMAGES("damages"),
        UNNOTICED("unnoticed");

        private final String words;

        Count(String words) {
            this.words = words;
        }
    }

    private final String name;
    private final EnumMap<Count, Integer> counts = new EnumMap<>(Count.class);
    private final List<String> faults = new ArrayList<>();

    Elsewhere(String name) {
        this.name = name;
    }

    void add(Count count, int number) {
        counts.merge(count, number, Integer::sum);
    }

    void add(Count count) {
        add(count, 1);
    }

    /** Something that must not be. */
    void fault(Count count, String what) {
        add(count);
        faults.add(count + " " + what);
    }

    List<String> faults() {
        return faults;
    }

    /** As it is kept in a file of its own, so that histories can be run one by one. */
    String row() {
        StringBuilder row = new StringBuilder(name);
        for (Count count : Count.values()) {
            row.append('\t').append(counts.getOrDefault(count, 0));
        }
        return row.toString();
    }

    /** A table of all rows, as Markdown, with a last line that adds them up. */
    static String table(List<String> rows) {
        StringBuilder table = new StringBuilder("| history |");
        for (Count count : Count.values()) {
            table.append(' ').append(count.words).append(" |");
        }
        table.append("\n|---|").append("---|".repeat(Count.values().length)).append('\n');
        int[] sums = new int[Count.values().length];
        for (String row : rows) {
            String[] cells = row.split("\t", -1);
            table.append("| ").append(cells[0].replace('+', '/')).append(" |");
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Integer.parseInt(cells[i + 1]);
                table.append(" %,d |".formatted(Integer.parseInt(cells[i + 1])));
            }
            table.append('\n');
        }
        table.append("| **together, ").append(rows.size()).append("** |");
        for (int sum : sums) {
            table.append(" **%,d** |".formatted(sum));
        }
        return table.append('\n').toString();
    }
}
