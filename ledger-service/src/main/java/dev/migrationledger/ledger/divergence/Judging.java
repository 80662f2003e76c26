package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.contact.Contacts;
import dev.migrationledger.ledger.contact.Contacts.Heard;
import dev.migrationledger.ledger.contact.Listening;
import dev.migrationledger.ledger.contact.Listening.Presence;
import dev.migrationledger.ledger.divergence.JudgedRecord.Judged;
import dev.migrationledger.ledger.divergence.across.AcrossRules;
import dev.migrationledger.ledger.divergence.across.EnvironmentSeen;
import dev.migrationledger.ledger.environment.Environments;
import dev.migrationledger.ledger.environment.RecordDivergences;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what is due: environments of which more is known than was judged, or whose agents were heard or missed since, and with them
 * what is across the environments of their project. Judging once too often records nothing: the environment knows what is open.
 */
final class Judging {

    private static final Logger log = LoggerFactory.getLogger(Judging.class);

    private final ProjectSight sight;
    private final JudgedRecord record;
    private final Contacts contacts;
    private final Environments environments;
    private final ProjectLock lock;
    private final Clock clock;
    private final RandomGenerator random;
    private final Set<String> judgedSinceStart = new HashSet<>();
    private Listening listening;

    Judging(
            ProjectSight sight, JudgedRecord record, Contacts contacts, Environments environments, ProjectLock lock,
            Clock clock, RandomGenerator random, Duration patience) {
        this.sight = sight;
        this.record = record;
        this.contacts = contacts;
        this.environments = environments;
        this.lock = lock;
        this.clock = clock;
        this.random = random;
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
        Attempts attempts = new Attempts();
        int[] recorded = {0};
        for (String project : due()) {
            attempts.at(() -> recorded[0] += judge(project, heard.getOrDefault(project, Map.of())));
        }
        attempts.end();
        return recorded[0];
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

    private int judge(String project, Map<String, Map<String, Instant>> heard) {
        int[] recorded = {0};
        lock.holding(project, () -> recorded[0] = judgeAlone(project, heard));
        return recorded[0];
    }

    private int judgeAlone(String project, Map<String, Map<String, Instant>> heard) {
        // Before anything is read: what comes in meanwhile is judged, or else is due again.
        Map<String, String> digests = new TreeMap<>(record.views(project));
        Map<String, Judged> before = record.of(project);
        boolean all = judgedSinceStart.add(project);
        Attempts attempts = new Attempts();
        Map<String, EnvironmentSeen> seen = new TreeMap<>();
        Map<String, Case> due = new TreeMap<>();
        digests.forEach((name, digest) -> attempts.at(() -> {
            Map<String, Instant> agents = heard.getOrDefault(name, Map.of());
            Judged last = before.getOrDefault(name, Judged.NEVER);
            String mark = listening.mark(agents);
            if (all || !digest.equals(last.view()) || !mark.equals(last.silence())) {
                sight.environment(project, name).ifPresent(view -> {
                    SchemaView schema = sight.schema(project, name);
                    Presence presence = listening.presence(agents, view.watching());
                    due.put(name, new Case(
                            EnvironmentJudge.judge(view, schema, presence, id -> sight.remembered(project, id)),
                            Case.observedAt(view, presence, agents)));
                    seen.put(name, sight.seen(view, schema, digest));
                });
            } else {
                sight.seen(project, name, digest).ifPresent(it -> seen.put(name, it));
            }
        }));
        Map<String, AcrossRules.Verdict> across = AcrossRules.judge(sight.project(project, seen));
        int[] recorded = {0};
        for (String name : seen.keySet()) {
            Judged last = before.getOrDefault(name, Judged.NEVER);
            AcrossRules.Verdict verdict = across.getOrDefault(name, AcrossRules.Verdict.NONE);
            String mark = AcrossMark.of(verdict);
            Case one = due.get(name);
            if (one != null || !mark.equals(last.across())) {
                attempts.at(() -> {
                    Instant observedAt = one == null ? last.observedAt() : one.observedAt;
                    // Judged anew at a start, it is what it was.
                    boolean isItself = !Objects.equals(last.view(), digests.get(name));
                    recorded[0] += record(project, name, one, verdict, isItself, observedAt, last);
                    record.write(project, name, new Judged(
                            one == null ? last.view() : digests.get(name),
                            one == null ? last.silence() : listening.mark(heard.getOrDefault(name, Map.of())),
                            mark, observedAt));
                });
            }
        }
        attempts.end();
        return recorded[0];
    }

    /** What was found in one environment by itself. */
    private record Case(EnvironmentJudge.Verdict verdict, @Nullable Instant observedAt) {

        /** A heartbeat says that the last observation still holds. */
        private static @Nullable Instant observedAt(
                EnvironmentView view, Presence presence, Map<String, Instant> agents) {
            Instant seen = view.observedAt() == null ? view.recordedAt() : view.observedAt();
            for (Instant beat : agents.values()) {
                seen = seen == null || beat.isAfter(seen) ? beat : seen;
            }
            return presence instanceof Presence.Missed missed && (seen == null
                    || missed.silence().asOf().isAfter(seen)) ? missed.silence().asOf() : seen;
        }
    }

    private int record(
            String project, String environment, @Nullable Case one, AcrossRules.Verdict across,
            boolean isItself, @Nullable Instant observedAt, Judged last) {
        List<Finding> findings = new ArrayList<>(across.findings());
        Set<DivergenceCode> judged = EnumSet.noneOf(DivergenceCode.class);
        judged.addAll(across.judged());
        if (one != null) {
            findings.addAll(one.verdict.findings());
            judged.addAll(one.verdict.judged());
        }
        Instant now = clock.instant();
        List<RecordedEvent> events = environments.judge(new RecordDivergences(
                project, environment, findings, judged, isItself ? Set.of() : across.judged(),
                Objects.requireNonNullElse(observedAt, now), last.observedAt(),
                now, random.nextLong()));
        events.forEach(event -> log.atInfo()
                .addKeyValue("project", project)
                .addKeyValue("environment", environment)
                .log(InWords.of(event)));
        return events.size();
    }
}
