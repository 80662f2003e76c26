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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Judges what is due: environments of which more is known than was judged, or whose agents were heard or missed since, and with them
 * what is across the environments of their project. Judging once too often records nothing: the environment knows what is open.
 */
final class Judging {

    /** Projects that are judged at once, so that one with many environments keeps few others waiting. Each holds a connection. */
    private static final int PROJECTS = 2;

    private final ProjectSight sight;
    private final JudgedRecord record;
    private final Contacts contacts;
    private final ProjectJudging one;
    private final ProjectLock lock;
    private final Clock clock;
    private final Set<String> judgedSinceStart = ConcurrentHashMap.newKeySet();
    private final Lanes projects = new Lanes(PROJECTS);
    private Listening listening;

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
     * Judges everything that is due.
     *
     * @return how many events were recorded
     * @throws RuntimeException the first failure, after every other environment had its turn
     */
    synchronized int round() {
        listening = listening.still(clock.instant());
        Map<String, Map<String, Map<String, Instant>>> heard = new HashMap<>();
        contacts.all().forEach(it -> heard.computeIfAbsent(it.project(), _ -> new HashMap<>())
                .put(it.environment(), listening.asHeard(it.agents())));
        AtomicInteger recorded = new AtomicInteger();
        projects.each(due(), project -> lock.holding(project, () -> recorded.addAndGet(one.judge(
                project, heard.getOrDefault(project, Map.of()), listening, judgedSinceStart.add(project)))));
        return recorded.get();
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
