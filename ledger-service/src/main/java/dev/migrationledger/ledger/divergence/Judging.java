package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.contact.Contacts;
import dev.migrationledger.ledger.contact.Contacts.Heard;
import dev.migrationledger.ledger.contact.Listening;
import dev.migrationledger.ledger.recording.Automation;
import dev.migrationledger.ledger.recording.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Evaluates the divergences of each project that is due: events changed one of its environments since the last time, or an agent fell silent or
 * came back. Evaluating once too often records nothing, because the environment knows what is open.
 */
final class Judging implements Automation<StreamId.Project> {

    private final ProjectSight sight;
    private final JudgedRecord record;
    private final Contacts contacts;
    private final ProjectJudging one;
    private final Clock clock;

    /** Judged anew after each start, too: a newer ledger may have better rules. */
    private final Set<String> judgedSinceStart = ConcurrentHashMap.newKeySet();

    private volatile Listening listening;
    private volatile Map<String, Map<String, Map<String, Instant>>> heard = Map.of();

    Judging(
            ProjectSight sight, JudgedRecord record, Contacts contacts, ProjectJudging one, Clock clock,
            Duration patience) {
        this.sight = sight;
        this.record = record;
        this.contacts = contacts;
        this.one = one;
        this.clock = clock;
        this.listening = Listening.from(clock.instant(), patience);
    }

    @Override
    public String name() {
        return "evaluate-divergences";
    }

    @Override
    public synchronized Set<StreamId.Project> due() {
        listening = listening.still(clock.instant());
        Set<String> due = new TreeSet<>(record.due());
        Map<String, String> silences = record.silences();
        Map<String, Map<String, Map<String, Instant>>> everybody = new HashMap<>();
        for (Heard it : contacts.all()) {
            everybody.computeIfAbsent(it.project(), _ -> new HashMap<>())
                    .put(it.environment(), listening.asHeard(it.agents()));
            String name = it.project() + "/" + it.environment();
            if (!listening.mark(it.agents()).equals(silences.getOrDefault(name, ""))) {
                due.add(it.project());
            }
        }
        heard = everybody;
        sight.projects().stream().filter(project -> !judgedSinceStart.contains(project)).forEach(due::add);
        return due.stream().map(StreamId.Project::new).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void run(StreamId.Project target) {
        String project = target.project();
        one.judge(project, heard.getOrDefault(project, Map.of()), listening, !judgedSinceStart.contains(project));
        judgedSinceStart.add(project);
    }
}
