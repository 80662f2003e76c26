package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.contact.Contacts;
import dev.migrationledger.ledger.contact.Contacts.Heard;
import dev.migrationledger.ledger.contact.Listening;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Judges what is due: environments of which more is known than was judged, or whose agents were heard or missed since, and with them
 * what is across the environments of their project. Judging once too often records nothing: the environment knows what is open.
 */
final class Judging {

    /** Projects that are judged at once: what is known of each is in memory meanwhile. One more waits until the first of them is done. */
    private static final int PROJECTS = 8;

    private final ProjectSight sight;
    private final JudgedRecord record;
    private final Contacts contacts;
    private final ProjectJudging one;
    private final ProjectLock lock;
    private final Clock clock;
    private final Set<String> judgedSinceStart = ConcurrentHashMap.newKeySet();
    private final Lanes projects = new Lanes(PROJECTS);

    /** The projects that are taken, with the time by {@code System.nanoTime()}. */
    private final Map<String, Long> underWay = new ConcurrentHashMap<>();

    /** Those among them that became due again. */
    private final Set<String> dueAgain = ConcurrentHashMap.newKeySet();

    private volatile Listening listening;
    private volatile Map<String, Map<String, Map<String, Instant>>> heard = Map.of();

    Judging(
            ProjectSight sight, JudgedRecord record, Contacts contacts, ProjectJudging one, ProjectLock lock,
            Clock clock, Duration patience) {
        this.sight = sight;
        this.record = record;
        this.contacts = contacts;
        this.one = one;
        this.lock = lock;
        this.clock = clock;
        this.listening = Listening.from(clock.instant(), patience);
    }

    /**
     * Judges every project that is due and not taken.
     *
     * @return how many events were recorded
     * @throws RuntimeException the first failure, after every other environment had its turn
     */
    int round() {
        AtomicInteger recorded = new AtomicInteger();
        Attempts attempts = new Attempts();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            take().forEach(project -> threads.execute(() -> {
                attempts.at(() -> recorded.addAndGet(judge(project)));
                release(project);
            }));
        }
        attempts.end();
        return recorded.get();
    }

    /** Takes the projects that are due. A taken project is not taken again before it is released. */
    synchronized Set<String> take() {
        Instant now = clock.instant();
        listening = listening.still(now);
        Map<String, Map<String, Map<String, Instant>>> everybody = new HashMap<>();
        contacts.all().forEach(it -> everybody.computeIfAbsent(it.project(), _ -> new HashMap<>())
                .put(it.environment(), listening.asHeard(it.agents())));
        heard = everybody;
        Set<String> due = due();
        due.stream().filter(underWay::containsKey).forEach(dueAgain::add);
        due.removeAll(underWay.keySet());
        due.forEach(project -> underWay.put(project, System.nanoTime()));
        return due;
    }

    /** Gives a project back, and says whether it became due again while it was taken. */
    synchronized boolean release(String project) {
        underWay.remove(project);
        return dueAgain.remove(project);
    }

    /**
     * Judges a project that was taken. Projects that are judged at once take turns.
     *
     * @return how many events were recorded
     */
    int judge(String project) {
        return projects.in(() -> {
            AtomicInteger recorded = new AtomicInteger();
            lock.holding(project, () -> recorded.set(one.judge(
                    project, heard.getOrDefault(project, Map.of()), listening, judgedSinceStart.add(project))));
            return recorded.get();
        });
    }

    /** The time since the oldest taken project was taken; zero if none is taken. */
    Duration longest(long nanoTime) {
        return Duration.ofNanos(underWay.values().stream().mapToLong(taken -> nanoTime - taken).max().orElse(0));
    }

    /** Judged anew after each start, too: a newer ledger may have better rules. */
    private Set<String> due() {
        Set<String> due = new TreeSet<>(record.due());
        Map<String, String> silences = record.silences();
        for (Heard it : contacts.all()) {
            String name = it.project() + "/" + it.environment();
            if (!listening.mark(it.agents()).equals(silences.getOrDefault(name, ""))) {
                due.add(it.project());
            }
        }
        sight.projects().stream().filter(project -> !judgedSinceStart.contains(project)).forEach(due::add);
        return due;
    }
}
