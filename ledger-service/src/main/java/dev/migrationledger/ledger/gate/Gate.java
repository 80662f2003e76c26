package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.GateEvent.Asker;
import dev.migrationledger.contracts.event.GateEvent.Circumstances;
import dev.migrationledger.contracts.event.GateEvent.Deploy;
import dev.migrationledger.contracts.event.GateEvent.DeployAllowed;
import dev.migrationledger.contracts.event.GateEvent.DeployAnswered;
import dev.migrationledger.contracts.event.GateEvent.DeployDecidedLocally;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.gate.GateAnswer;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.GatePreview;
import dev.migrationledger.contracts.gate.GateQuestion;
import dev.migrationledger.contracts.gate.GateQuestion.Observed;
import dev.migrationledger.contracts.gate.LocalDecision;
import dev.migrationledger.contracts.policy.OtherEnvironment;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.policy.DeployRequest;
import dev.migrationledger.ledger.divergence.DeployEvaluator;
import dev.migrationledger.ledger.divergence.DeployEvaluator.Observation;
import dev.migrationledger.ledger.divergence.DeployEvaluator.Result;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.gate.DeployCommand.Ask;
import dev.migrationledger.ledger.gate.DeployCommand.Report;
import dev.migrationledger.ledger.gate.DeployResult.Answered;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import dev.migrationledger.ledger.policy.signed.PolicySigner;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.schema.SchemaViews;
import dev.migrationledger.ledger.view.EnvironmentView.ScriptsOfSource;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.Liveness;
import dev.migrationledger.ledger.view.NotFound;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Answers whether a deploy may run. Judged is what was just observed, as if it had been recorded: the same rules, next to the other
 * environments as they are known. Only the answer is recorded.
 */
public final class Gate {

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    /** No agent has such a name: names have no space. */
    private static final String ASKING = "gate question";

    private final EnvironmentViews environments;
    private final SchemaViews schemas;
    private final DeployEvaluator evaluator;
    private final ProjectPolicies policies;
    private final DeployHeartbeats heartbeats;
    private final Liveness liveness;
    private final PolicySigner signer;
    private final Recorder recorder;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Gate(
            EnvironmentViews environments, SchemaViews schemas, DeployEvaluator evaluator, ProjectPolicies policies,
            DeployHeartbeats heartbeats, Liveness liveness, PolicySigner signer, Recorder recorder, Clock clock) {
        this.environments = environments;
        this.schemas = schemas;
        this.evaluator = evaluator;
        this.policies = policies;
        this.heartbeats = heartbeats;
        this.liveness = liveness;
        this.signer = signer;
        this.recorder = recorder;
        this.clock = clock;
    }

    /**
     * Who asks.
     *
     * @param name as the ledger knows them
     * @param rights what a policy may ask of them
     */
    record Asking(String name, Asker kind, DeployRequest.Caller rights) {}

    /**
     * Answers a question.
     *
     * @throws Refusal if the environment does not exist, or the question lacks something or contradicts itself
     */
    GateAnswer answer(String project, String environment, GateQuestion question, Asking asking) {
        Instant now = clock.instant();
        Instant observedAt = now.minus(between(question.observedAt(), question.sentAt()));
        Result found = evaluator.evaluate(project, environment, key(question),
                () -> observation(project, environment, question, now));
        Judged judged = judged(DeployDecisions.DECIDER, project, environment, question, found, observedAt, asking, now);
        DeployAnswered answer = judged.answered.answer();
        DeployAllowed allowed = answer instanceof DeployAllowed it ? it : null;
        log.atInfo().addKeyValue("project", project).addKeyValue("environment", environment)
                .addKeyValue("by", asking.name()).addKeyValue("deploy", answer.deploy())
                .log(allowed == null ? "blocked a deploy" : "allowed a deploy");
        return new GateAnswer(answer.deploy(), allowed == null ? Decision.BLOCKED : Decision.ALLOWED, answer.asked(),
                answer.reasons(), found.findings(), answer.policyVersion(), judged.answered.at(),
                allowed == null ? null : allowed.expiresAt(), allowed == null ? null : allowed.override(),
                signer.sign(project, environment, found.labels(), judged.policy));
    }

    /**
     * What the answer would be about the scripts and the database as an agent reported them last. Records nothing.
     *
     * @throws Refusal if the environment does not exist, or too little is known of it
     */
    GatePreview preview(String project, String environment, Asking asking) {
        Instant now = clock.instant();
        GateQuestion question = lastReported(project, environment, now);
        Result found = evaluator.evaluate(project, environment, key(question),
                () -> observation(project, environment, question, now));
        Judged judged = judged(DeployDecisions.PREVIEW, project, environment, question, found, null, asking, now);
        DeployAnswered answer = judged.answered.answer();
        DeployAllowed allowed = answer instanceof DeployAllowed it ? it : null;
        return new GatePreview(project, environment, allowed == null ? Decision.BLOCKED : Decision.ALLOWED,
                question.scripts(), question.versionTable().rows(), found.pending(), answer.reasons(),
                found.findings(), answer.policyVersion(), judged.watchedAt, now,
                allowed == null ? null : allowed.override());
    }

    /**
     * A deploy that was judged.
     *
     * @param watchedAt when an agent that watches the environment observed it last
     */
    private record Judged(Answered answered, ProjectPolicies.Current policy, @Nullable Instant watchedAt) {}

    /** @param observedAt when it was observed for this deploy; absent: it was not */
    private Judged judged(
            Decider<DeployCommand, DeploysState, DeployResult> decider, String project, String environment,
            GateQuestion question, Result found, @Nullable Instant observedAt, Asking asking, Instant now) {
        List<String> pending = found.pending();
        ProjectPolicies.Current policy = policies.of(project, environment);
        // Those of a large project are not read for nothing.
        Optional<Collection<EnvironmentSnapshot>> others = Optional.of(found.others().values())
                .filter(it -> it.size() <= Circumstances.MOST_OTHERS || !policy.policy().promotions().isEmpty());
        Map<String, Instant> heartbeats = lastHeartbeats(project, environment, others.orElse(List.of()));
        Instant watchedAt = watchedAt(found.observedAt(), heartbeats.get(environment));
        Deploy asked = new Deploy(asking.name(), asking.kind(), question.scripts(), question.versionTable().rows(),
                question.schema(), pending, observedAt == null ? now : observedAt, question.run());
        DeployRequest request = new DeployRequest(environment, found.labels(), found.findings(), pending,
                others.map(it -> others(it, heartbeats, pending)).orElse(List.of()), watchedAt, observedAt, now,
                asking.rights(), 0, null);
        DeployResult result = recorder
                .decide(decider, new Ask(project, environment, now, random.nextLong(),
                        question.deploy(), asked, request, found.others().size() <= Circumstances.MOST_OTHERS, policy,
                        this.heartbeats.of(project, environment)))
                .result();
        if (!(result instanceof Answered answered)) {
            throw new IllegalStateException("a question about a deploy has no answer: " + result);
        }
        return new Judged(answered, policy, watchedAt);
    }

    /** The question that an agent would ask if nothing changed since its last report. */
    private GateQuestion lastReported(String project, String environment, Instant now) {
        EnvironmentView view = environments.find(project, environment)
                .orElseThrow(() -> NotFound.environment(project, environment, environments));
        VersionTable table = view.versionTable().orElseThrow(() -> notReported(project, environment, "version table"));
        ScriptsOfSource scripts = view.sources().stream().limit(1).filter(ScriptsOfSource::counts).findFirst()
                .orElseThrow(() -> notReported(project, environment, "scripts"));
        Fingerprint schema = schemas.find(project, environment).flatMap(SchemaView::fingerprint)
                .orElseThrow(() -> notReported(project, environment, "schema"));
        return new GateQuestion(UUID.randomUUID(), new ObservedScripts(scripts.source(), scripts.form(),
                scripts.digest(), scripts.heads()), table, schema, now, now, null, null);
    }

    private static Refusal notReported(String project, String environment, String what) {
        return new Refusal(Refusal.problem(HttpStatus.CONFLICT, "not-reported",
                "No agent has reported the %s of %s/%s. Start an agent for it, or run 'gate' there.".formatted(what,
                        project, environment),
                null));
    }

    /**
     * Records what an agent decided by itself.
     *
     * @throws Refusal if the environment does not exist
     */
    void record(String project, String environment, LocalDecision decision, Asking asking) {
        Instant now = clock.instant();
        if (environments.find(project, environment).isEmpty()) {
            throw NotFound.environment(project, environment, environments);
        }
        Deploy asked = new Deploy(asking.name(), asking.kind(), decision.scripts(), decision.rows(),
                decision.schema(), decision.pending(),
                now.minus(between(decision.observedAt(), decision.sentAt())), decision.run());
        recorder.decide(DeployDecisions.DECIDER, new Report(project, environment, now, random.nextLong(),
                new DeployDecidedLocally(decision.deploy(), asked, decision.reasons(), decision.policyVersion(),
                        decision.policyAt(), decision.allowed(),
                        now.minus(between(decision.decidedAt(), decision.sentAt())))));
    }

    /** By one clock, so that it does not matter how that is set. */
    private static Duration between(Instant earlier, Instant later) {
        Duration age = Duration.between(earlier, later);
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static String key(GateQuestion question) {
        return "%s %s %s %s".formatted(question.scripts().form(), question.scripts().digest(),
                question.versionTable(), question.schema());
    }

    private Observation observation(String project, String environment, GateQuestion question, Instant now) {
        EnvironmentView view = environments.find(project, environment)
                .orElseThrow(() -> NotFound.environment(project, environment, environments));
        if (view.isRetired()) {
            throw new Refusal(Refusal.problem(HttpStatus.CONFLICT, "retired",
                    "%s/%s is retired. Start an agent for it, and ask again.".formatted(project, environment), null));
        }
        SchemaView schema = schemas.find(project, environment)
                .orElseGet(() -> SchemaView.empty(project, environment));
        if (isKnown(question, view, schema)) {
            return new Observation(view, false, view, schema);
        }
        List<Observed> everything = question.observation();
        if (everything == null) {
            throw new Refusal(Refusal.problem(HttpStatus.CONFLICT, GateQuestion.OBSERVATION_NEEDED,
                    "The ledger does not know these scripts, rows and this schema; send the question with 'observation'.",
                    "observation"));
        }
        List<RecordedEvent> events = events(question, view, everything, now);
        Observation observed = new Observation(view, true, view.after(events), schema.after(events.stream()
                .filter(event -> !(event.event() instanceof AgentStopped)).toList()));
        if (!isKnown(question, observed.view(), observed.schema())) {
            throw Refusal.invalid("observation",
                    "The observation is not the one that 'scripts', 'versionTable' and 'schema' name. Observe again.");
        }
        return observed;
    }

    private static boolean isKnown(GateQuestion question, EnvironmentView view, SchemaView schema) {
        return view.versionTable().filter(question.versionTable()::equals).isPresent()
                && view.sources().stream().limit(1)
                        .anyMatch(it -> it.counts() && it.form() == question.scripts().form()
                                && it.digest().equals(question.scripts().digest()))
                && schema.fingerprint().filter(question.schema()::equals).isPresent();
    }

    /** As if an agent had reported it that has gone again. */
    private List<RecordedEvent> events(
            GateQuestion question, EnvironmentView view, List<Observed> everything, Instant now) {
        UUID epoch = question.deploy();
        List<RecordedEvent> events = new ArrayList<>();
        for (Observed observed : everything) {
            events.add(event(question, view, epoch, events.size() + 1, observed, now));
        }
        events.add(event(question, view, epoch, events.size() + 1, new Observed(Occurrence.exactly(question.sentAt()),
                new AgentStopped(AgentStopped.Reason.OBSERVED_ONCE)), now));
        return events;
    }

    private RecordedEvent event(
            GateQuestion question, EnvironmentView view, UUID epoch, long sequence, Observed observed, Instant now) {
        return new RecordedEvent(EventIds.next(now, random), view.project(), view.environment(),
                new Origin(ASKING, epoch, sequence, question.observedAt(), question.sentAt()), observed.occurredAt(),
                now, observed.event());
    }

    /** A heartbeat says that the last observation still holds. */
    private static @Nullable Instant watchedAt(@Nullable Instant observedAt, @Nullable Instant heartbeat) {
        return Stream.of(Optional.ofNullable(observedAt), Optional.ofNullable(heartbeat)).flatMap(Optional::stream)
                .max(Comparator.naturalOrder()).orElse(null);
    }

    /** By environment, the last heartbeat of any agent. */
    private Map<String, Instant> lastHeartbeats(
            String project, String environment, Collection<EnvironmentSnapshot> others) {
        Map<String, Instant> last = new HashMap<>();
        liveness.heartbeats(project,
                Stream.concat(Stream.of(environment), others.stream().map(EnvironmentSnapshot::name)).toList())
                .forEach((name, agents) -> agents.values().forEach(
                        at -> last.merge(name, at, (one, other) -> one.isAfter(other) ? one : other)));
        return last;
    }

    /** Since when each pending revision has been applied elsewhere, at the latest. */
    private static List<OtherEnvironment> others(
            Collection<EnvironmentSnapshot> others, Map<String, Instant> heartbeats, List<String> pending) {
        Set<String> wanted = Set.copyOf(pending);
        return others.stream()
                .map(it -> new OtherEnvironment(it.name(), it.labels(), applied(it, wanted),
                        watchedAt(it.observedAt(), heartbeats.get(it.name()))))
                .toList();
    }

    private static Map<String, Instant> applied(EnvironmentSnapshot other, Set<String> wanted) {
        Map<String, Instant> applied = new TreeMap<>();
        wanted.forEach(revision -> {
            RevisionStatus status = other.statuses().get(revision);
            // Not the time that the agent reports: its clock may be wrong, and would let a deploy run too early.
            Instant observed = other.observedRuns().get(revision);
            if (status != null && status.since() != null && observed != null
                    && status.kind() == RevisionStatus.Kind.APPLIED) {
                applied.put(revision, observed);
            }
        });
        return applied;
    }
}
