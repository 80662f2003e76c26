package dev.migrationledger.agent.database.postgresql.capture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a log was read. Numbers alone cannot say that: a transaction takes its number when it begins to write and
 * shows its changes when it commits, so that a lower one can appear after a higher one.
 *
 * @param origin of the log that is meant: another log is read from its beginning
 * @param horizon every transaction below it had ended, and what it left was read
 * @param beyond those read that are not below it
 */
record LogCursor(String origin, long horizon, SortedSet<Long> beyond) {

    private static final Pattern FORM = Pattern.compile("([0-9.]*):(\\d{1,19}):((?:\\d{1,19}(?:,\\d{1,19})*)?)");

    LogCursor {
        beyond = new TreeSet<>(beyond);
    }

    /** As remembered by the agent; the beginning where that is nothing, of another log, or cannot be read. */
    static LogCursor of(@Nullable String text, String origin) {
        LogCursor start = new LogCursor(origin, 0, new TreeSet<>());
        Matcher parts = FORM.matcher(text == null ? "" : text);
        if (!parts.matches() || !parts.group(1).equals(origin)) {
            return start;
        }
        try {
            SortedSet<Long> beyond = new TreeSet<>();
            for (String number : parts.group(3).split(",", -1)) {
                if (!number.isEmpty()) {
                    beyond.add(Long.parseLong(number));
                }
            }
            return new LogCursor(origin, Long.parseLong(parts.group(2)), beyond);
        } catch (NumberFormatException e) {
            return start;
        }
    }

    /**
     * After a poll.
     *
     * @param oldestRunning in the poll's snapshot: everything below it had ended
     * @param oldestLeft that the poll saw and did not read; absent if it read all
     */
    LogCursor after(Collection<Long> read, long oldestRunning, @Nullable Long oldestLeft) {
        long next = Math.max(horizon, oldestLeft == null ? oldestRunning : Math.min(oldestRunning, oldestLeft));
        SortedSet<Long> known = new TreeSet<>(beyond);
        known.addAll(read);
        return new LogCursor(origin, next, known.tailSet(next));
    }

    List<Long> named() {
        return new ArrayList<>(beyond);
    }

    @Override
    public String toString() {
        return origin + ":" + horizon + ":"
                + beyond.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
