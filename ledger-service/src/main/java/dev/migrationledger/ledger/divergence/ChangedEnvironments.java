package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.store.PositionedStream;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/**
 * The environments about which something was recorded since this ledger looked first. Each look reads what is new in the log and nothing else, so
 * it costs the same for a project of ten environments and of ten thousand.
 */
final class ChangedEnvironments {

    private static final int TRIES = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** An event that is committed after so many later ones is not found. Automations find its environment by what is stored. */
    private static final long MOST_UNKNOWN = 100_000;

    private final EventLog log;

    /** By project and name, the look that found the last event; the latest last. */
    private final Map<String, SequencedMap<String, Long>> looks = new HashMap<>();

    /** Positions after {@link #position} that were found. */
    private final Set<Long> found = new HashSet<>();

    /** Up to here all events were found. */
    private long position;

    /** Up to here no transaction adds events any more. Known before the next look, so that look finds them all. */
    private long end;

    private long look;

    ChangedEnvironments(EventLog log) {
        this.log = log;
    }

    /**
     * Looks. What is read from the views afterwards has everything that this look and those before found.
     *
     * @return the number of this look, or of an earlier one if nothing is new
     */
    synchronized long look() {
        if (look == 0) {
            position = start();
            end = position;
            look = 1;
        }
        List<PositionedStream> events = log.streamsAfter(position);
        boolean isNews = false;
        long newest = position;
        for (PositionedStream event : events) {
            newest = Math.max(newest, event.position());
            if (found.add(event.position())
                    && event.stream() instanceof StreamId.Environment(String project, String environment)) {
                looks.computeIfAbsent(project, _ -> new LinkedHashMap<>()).putLast(environment, look + 1);
                isNews = true;
            }
        }
        if (!events.isEmpty()) {
            // A transaction that hangs, as one of a ledger that was stopped, must not have all that follows read again and again.
            position = Math.max(end, newest - MOST_UNKNOWN);
            found.removeIf(one -> one <= position);
            end = log.end();
        }
        look += isNews ? 1 : 0;
        return look;
    }

    /**
     * Where to begin. If a transaction was writing when the end was asked for first, the end is known when that transaction has ended, mostly in milliseconds. One
     * that hangs keeps nothing up: the newest {@link #MOST_UNKNOWN} events are then read.
     */
    private long start() {
        long newest = log.newest();
        long known = log.end();
        for (int i = 0; i < TRIES && known == 0 && newest > 0; i++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            known = log.end();
        }
        return Math.max(known, newest - MOST_UNKNOWN);
    }

    /** The environments of a project that looks after this one found. */
    synchronized Set<String> since(String project, long before) {
        Set<String> names = new TreeSet<>();
        for (Map.Entry<String, Long> one : looks.getOrDefault(project, new LinkedHashMap<>()).reversed().entrySet()) {
            if (one.getValue() <= before) {
                break;
            }
            names.add(one.getKey());
        }
        return names;
    }

    /** The same by project, of all projects in which any were found. */
    synchronized Map<String, Set<String>> since(long before) {
        Map<String, Set<String>> names = new HashMap<>();
        looks.forEach((project, some) -> {
            if (some.lastEntry().getValue() > before) {
                names.put(project, since(project, before));
            }
        });
        return names;
    }

    /** By project, the last look that found an event of it. Only projects with such an event. */
    synchronized Map<String, Long> lastLooks() {
        Map<String, Long> last = new HashMap<>();
        looks.forEach((project, some) -> last.put(project, some.lastEntry().getValue()));
        return last;
    }
}
