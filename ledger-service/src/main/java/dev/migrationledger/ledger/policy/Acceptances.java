package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.policy.baseline.AcceptFindings;
import dev.migrationledger.ledger.policy.baseline.BaselineDecisions;
import dev.migrationledger.ledger.policy.baseline.BaselineResult;
import dev.migrationledger.ledger.policy.baseline.Baselines;
import dev.migrationledger.ledger.policy.baseline.WithdrawAcceptance;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** What a project accepts for a while, for the API and for pages. Each method records something, or throws a {@link Refusal} that says why not. */
public final class Acceptances {

    private static final Logger log = LoggerFactory.getLogger(Acceptances.class);

    private static final Decider<AcceptFindings, ProjectState, BaselineResult> ACCEPT = Decider.of(
            ProjectState.DEFINITION, (state, command) -> BaselineDecisions.accept(state.baseline(), command));

    private static final Decider<WithdrawAcceptance, ProjectState, BaselineResult> WITHDRAW = Decider.of(
            ProjectState.DEFINITION, (state, command) -> BaselineDecisions.withdraw(state.baseline(), command));

    private static final int LISTED = 5;

    private final Recorder recorder;
    private final Baselines baselines;
    private final EnvironmentViews environments;
    private final DivergenceViews divergences;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Acceptances(Recorder recorder, Baselines baselines, EnvironmentViews environments, DivergenceViews divergences,
            Clock clock) {
        this.recorder = recorder;
        this.baselines = baselines;
        this.environments = environments;
        this.divergences = divergences;
        this.clock = clock;
    }

    /** What would be accepted, with its texts as they would be recorded. */
    public Baseline.Acceptance check(String project, Baseline.Acceptance wanted) {
        Baseline.Acceptance checked = checked(project, wanted, clock.instant());
        chosen(project, checked);
        return checked;
    }

    private Baseline.Acceptance checked(String project, Baseline.Acceptance wanted, Instant now) {
        if (!environments.environments(project).contains(wanted.environment())) {
            throw NotFound.environment(project, wanted.environment(), environments);
        }
        String reason = RequestFields.text("reason", wanted.reason(), Baseline.LONGEST_REASON);
        String owner = RequestFields.text("owner", wanted.owner(), Baseline.LONGEST_OWNER);
        checkEnd(wanted.until(), now);
        return new Baseline.Acceptance(wanted.environment(), wanted.codes(), wanted.subjects(), reason, owner,
                wanted.until());
    }

    /** What the request accepted, now or before. */
    public Baseline accept(String project, Baseline.Acceptance request, String by) {
        Instant now = clock.instant();
        Baseline.Acceptance wanted = checked(project, request, now);
        Map<UUID, Finding> findings = chosen(project, wanted).stream()
                .collect(Collectors.toMap(_ -> EventIds.next(now, random), Function.identity()));
        Decision<BaselineResult> decision = recorder.decide(ACCEPT, new AcceptFindings(project, wanted.environment(),
                findings, wanted.reason(), wanted.owner(), wanted.until(), now, by));
        return switch (decision.result()) {
            case BaselineResult.Done(Set<UUID> ids) -> {
                if (!decision.events().isEmpty()) {
                    log.atInfo().addKeyValue("project", project).addKeyValue("environment", wanted.environment())
                            .addKeyValue("findings", decision.events().size()).log("findings accepted");
                }
                yield baselines.of(project, ids);
            }
            case BaselineResult.TooMany(int count) -> throw new Refusal(Refusal.problem(HttpStatus.CONFLICT,
                    "too-many-accepted",
                    "The project would accept %,d findings; at most %,d are accepted. Withdraw some first."
                            .formatted(count, BaselineDecisions.MOST),
                    null));
            case BaselineResult.Unknown _ -> throw new IllegalStateException("what is accepted is always known");
        };
    }

    /** From now on the finding is as if it had not been accepted. */
    public void withdraw(String project, UUID acceptance, String by) {
        Instant now = clock.instant();
        Decision<BaselineResult> decision = recorder.decide(WITHDRAW, new WithdrawAcceptance(project, acceptance,
                EventIds.next(now, random), now, by));
        if (decision.events().isEmpty()) {
            throw Refusal.notFound("Project '%s' has no acceptance '%s'; it may have been withdrawn or replaced."
                    .formatted(NotFound.shortened(project), acceptance));
        }
        log.atInfo().addKeyValue("project", project).addKeyValue("acceptance", acceptance)
                .log("acceptance of a finding withdrawn");
    }

    private List<Finding> chosen(String project, Baseline.Acceptance wanted) {
        List<DivergenceCode> codes = Optional.ofNullable(wanted.codes()).orElse(List.of());
        List<String> subjects = Optional.ofNullable(wanted.subjects()).orElse(List.of());
        if (codes.contains(DivergenceCode.BEHIND_HEAD)) {
            throw Refusal.invalid("codes",
                    "'behind-head' is true before every deploy and blocks none. Leave it out.");
        }
        List<Finding> open = open(project, List.of(wanted.environment())).stream()
                .map(Divergence::finding)
                .filter(finding -> finding.code() != DivergenceCode.BEHIND_HEAD)
                .toList();
        for (DivergenceCode code : codes) {
            check("codes", code.code(), wanted.environment(), open.stream().map(it -> it.code().code()).toList());
        }
        List<Finding> named = open.stream().filter(it -> codes.isEmpty() || codes.contains(it.code())).toList();
        for (String subject : subjects) {
            check("subjects", subject, wanted.environment(), named.stream().map(Finding::subject).toList());
        }
        return named.stream().filter(it -> subjects.isEmpty() || subjects.contains(it.subject())).toList();
    }

    /** What was named by mistake would stay unaccepted without a word. */
    private static void check(String field, String named, String environment, Collection<String> open) {
        if (!open.contains(named)) {
            List<String> others = open.stream().distinct().sorted().map(it -> "'" + it + "'").toList();
            throw Refusal.invalid(field, "No open finding of '%s' has '%s'; %s.".formatted(environment,
                    NotFound.shortened(Redaction.of(named)),
                    others.isEmpty() ? "none is open" : "open are " + ListText.and(others, LISTED)));
        }
    }

    private static void checkEnd(Instant until, Instant now) {
        if (!until.isAfter(now)) {
            throw Refusal.invalid("until", "'%s' is over; name a time to come.".formatted(until));
        }
        if (until.isAfter(now.plus(Duration.ofDays(Baseline.LONGEST_DAYS)))) {
            throw Refusal.invalid("until", "'%s' is more than %d days away; name an earlier time.".formatted(until,
                    Baseline.LONGEST_DAYS));
        }
    }

    private List<Divergence> open(String project, List<String> names) {
        return names.isEmpty() ? List.of() : divergences.openIn(project, names, null);
    }
}
