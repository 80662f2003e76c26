package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.LedgerEvent.DivergenceEvent;
import dev.migrationledger.ledger.contact.Listening;
import dev.migrationledger.ledger.contact.Listening.Presence;
import dev.migrationledger.ledger.divergence.JudgedRecord.Judged;
import dev.migrationledger.ledger.divergence.across.AcrossRules;
import dev.migrationledger.ledger.divergence.across.AcrossRules.Verdict;
import dev.migrationledger.ledger.divergence.across.EnvironmentSeen;
import dev.migrationledger.ledger.environment.Environments;
import dev.migrationledger.ledger.environment.RecordDivergences;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges one project: its environments of which more is known than was judged, each by itself, and all of them together. What is found
 * as it was found before is not recorded again.
 */
final class ProjectJudging {

    private static final Logger log = LoggerFactory.getLogger(ProjectJudging.class);

    /** Environments that are judged and recorded at once, of all projects together, each with a connection. Projects take turns. */
    private static final int ENVIRONMENTS = 2;

    private final ProjectSight sight;
    private final JudgedRecord record;
    private final Environments environments;
    private final Clock clock;
    private final RandomGenerator random;
    private final Lanes lanes = new Lanes(ENVIRONMENTS);

    ProjectJudging(
            ProjectSight sight, JudgedRecord record, Environments environments, Clock clock, RandomGenerator random) {
        this.sight = sight;
        this.record = record;
        this.environments = environments;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Judges what is due. Only while no other ledger judges the project.
     *
     * @param heard by environment, when each of its agents was heard last
     * @param all whether every environment is due
     * @return how many events were recorded
     * @throws RuntimeException the first failure, after every other environment had its turn
     */
    int judge(String project, Map<String, Map<String, Instant>> heard, Listening listening, boolean all) {
        Round round = lanes.in(() -> new Round(project, heard, listening, all));
        Attempts attempts = new Attempts();
        attempts.at(() -> lanes.each(round.digests.keySet(), round::look));
        Map<String, Verdict> across = lanes.in(() -> AcrossRules.judge(sight.project(project, round.seen)));
        attempts.at(() -> lanes.each(round.seen.keySet(),
                name -> round.conclude(name, across.getOrDefault(name, Verdict.NONE))));
        attempts.at(() -> lanes.run(() -> record.write(project, round.judged)));
        attempts.end();
        return round.recorded.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What was found in one environment by itself. */
    private record Case(EnvironmentJudge.Verdict verdict, String mark, @Nullable Instant observedAt) {

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

    /** Judging all of a project once. */
    private final class Round {
        private final String project;
        private final Map<String, Map<String, Instant>> heard;
        private final Listening listening;
        private final boolean all;
        private final Map<String, String> digests;
        private final Map<String, Judged> before;
        private final Map<String, EnvironmentSeen> seen = new ConcurrentSkipListMap<>();
        private final Map<String, Case> due = new ConcurrentHashMap<>();
        private final Map<String, Judged> judged = new ConcurrentSkipListMap<>();
        private final Map<String, Integer> recorded = new ConcurrentHashMap<>();

        Round(String project, Map<String, Map<String, Instant>> heard, Listening listening, boolean all) {
            this.project = project;
            this.heard = heard;
            this.listening = listening;
            this.all = all;
            // Before anything is read: what comes in meanwhile is judged, or else is due again.
            this.digests = new TreeMap<>(record.views(project));
            this.before = record.of(project);
        }

        private Judged last(String name) {
            return before.getOrDefault(name, Judged.NEVER);
        }

        private String digest(String name) {
            return Objects.requireNonNull(digests.get(name));
        }

        private String silence(String name) {
            return listening.mark(heard.getOrDefault(name, Map.of()));
        }

        /** Judges an environment by itself, if it is due, and keeps of it what those across need. */
        void look(String name) {
            String digest = digest(name);
            if (!all && digest.equals(last(name).view()) && silence(name).equals(last(name).silence())) {
                sight.seen(project, name, digest).ifPresent(it -> seen.put(name, it));
                return;
            }
            sight.environment(project, name).ifPresent(view -> {
                Map<String, Instant> agents = heard.getOrDefault(name, Map.of());
                SchemaView schema = sight.schema(project, name);
                Presence presence = listening.presence(agents, view.watching());
                EnvironmentJudge.Verdict verdict = EnvironmentJudge.judge(
                        view, schema, presence, id -> sight.remembered(project, id));
                due.put(name, new Case(verdict, FoundMark.of(verdict.judged(), verdict.findings()),
                        Case.observedAt(view, presence, agents)));
                seen.put(name, sight.seen(view, schema, digest));
            });
        }

        /** Records what was found in an environment, if it is not what was found before. */
        void conclude(String name, Verdict across) {
            Judged last = last(name);
            Case one = due.get(name);
            String mark = FoundMark.of(across.judged(), across.findings());
            // Judged anew at a start, it is what it was.
            boolean isItself = !digest(name).equals(last.view());
            boolean anew = one != null && !one.mark.equals(last.own());
            boolean elsewhere = !mark.equals(last.across()) || (isItself && !last.told());
            if (one == null && !elsewhere) {
                return;
            }
            Instant observedAt = one == null ? last.observedAt() : one.observedAt;
            String view = one == null ? last.view() : digest(name);
            boolean told = isItself || (last.told() && mark.equals(last.across()));
            if (anew || elsewhere) {
                OptionalLong known = digest(name).equals(view)
                        ? sight.events(project, name, digest(name))
                        : OptionalLong.empty();
                int events = record(name, one, across, isItself, observedAt, last);
                recorded.put(name, events);
                if (events > 0 && known.isPresent()) {
                    // What judging itself recorded is no reason to judge again; what came in meanwhile is.
                    view = sight.digest(project, name, known.getAsLong() + events).orElse(view);
                }
            }
            judged.put(name, new Judged(view, one == null ? last.silence() : silence(name),
                    one == null ? last.own() : one.mark, mark, told, observedAt));
        }

        private int record(
                String name, @Nullable Case one, Verdict across, boolean isItself, @Nullable Instant observedAt,
                Judged last) {
            List<Finding> findings = new ArrayList<>(across.findings());
            Set<DivergenceCode> codes = EnumSet.noneOf(DivergenceCode.class);
            codes.addAll(across.judged());
            if (one != null) {
                findings.addAll(one.verdict.findings());
                codes.addAll(one.verdict.judged());
            }
            Instant now = clock.instant();
            List<RecordedEvent> events = environments.judge(new RecordDivergences(
                    project, name, findings, codes, isItself ? Set.of() : across.judged(),
                    Objects.requireNonNullElse(observedAt, now), last.observedAt(),
                    now, random.nextLong()));
            for (RecordedEvent event : events) {
                if (event.event() instanceof DivergenceEvent about) {
                    log.atInfo()
                            .addKeyValue("project", project)
                            .addKeyValue("environment", name)
                            .log(InWords.of(about));
                }
            }
            return events.size();
        }
    }
}
