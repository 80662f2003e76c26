package dev.migrationledger.core.text;

import java.util.ArrayList;
import java.util.List;

/** What lines of one text became in another one: a shortest difference, as long as that is not too much work. */
public final class LineDiff {

    /** Products of two numbers of lines up to this are compared; texts that differ in more are shown as a whole. */
    private static final int MOST_PAIRS = 4_000_000;

    private LineDiff() {}

    /** What became of a line. */
    public enum Change {
        SAME,
        REMOVED,
        ADDED
    }

    /** A line of either text. */
    public record Line(Change change, String text) {}

    /** All lines of both, in order; where lines were replaced, the old ones come first. */
    public static List<Line> of(List<String> before, List<String> after) {
        int start = 0;
        while (start < before.size() && start < after.size() && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < before.size() - start && end < after.size() - start
                && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        List<Line> lines = new ArrayList<>();
        add(lines, Change.SAME, before.subList(0, start));
        compare(before.subList(start, before.size() - end), after.subList(start, after.size() - end), lines);
        add(lines, Change.SAME, before.subList(before.size() - end, before.size()));
        return lines;
    }

    private static void compare(List<String> before, List<String> after, List<Line> lines) {
        if ((long) before.size() * after.size() > MOST_PAIRS) {
            add(lines, Change.REMOVED, before);
            add(lines, Change.ADDED, after);
            return;
        }
        int[][] common = common(before, after);
        int old = 0;
        int now = 0;
        while (old < before.size() || now < after.size()) {
            if (old < before.size() && now < after.size() && before.get(old).equals(after.get(now))) {
                lines.add(new Line(Change.SAME, before.get(old)));
                old++;
                now++;
            } else if (now == after.size() || (old < before.size() && common[old + 1][now] >= common[old][now + 1])) {
                lines.add(new Line(Change.REMOVED, before.get(old++)));
            } else {
                lines.add(new Line(Change.ADDED, after.get(now++)));
            }
        }
    }

    /** How many lines the ends of both texts have in common, from each pair of places on. */
    private static int[][] common(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int old = before.size() - 1; old >= 0; old--) {
            for (int now = after.size() - 1; now >= 0; now--) {
                common[old][now] = before.get(old).equals(after.get(now))
                        ? common[old + 1][now + 1] + 1
                        : Math.max(common[old + 1][now], common[old][now + 1]);
            }
        }
        return common;
    }

    private static void add(List<Line> lines, Change change, List<String> texts) {
        texts.forEach(text -> lines.add(new Line(change, text)));
    }
}
