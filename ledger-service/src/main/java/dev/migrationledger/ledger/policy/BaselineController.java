package dev.migrationledger.ledger.policy;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.problem.Problem;
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
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
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
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/projects/{project}/policy/baseline", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Policy", description = "What a project demands of deploys")
final class BaselineController {

    private static final Logger log = LoggerFactory.getLogger(BaselineController.class);

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

    BaselineController(Recorder recorder, Baselines baselines, EnvironmentViews environments,
            DivergenceViews divergences, Clock clock) {
        this.recorder = recorder;
        this.baselines = baselines;
        this.environments = environments;
        this.divergences = divergences;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "List the accepted findings of a project", description = "Each with what became of it: open, worse, ended or gone.")
    Baseline list(@PathVariable String project) {
        if (environments.environments(project).isEmpty()) {
            throw NotFound.project(project, environments);
        }
        return baselines.of(project);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Accept open findings of an environment", description = "As they are now, all of them or those with these codes and subjects. Graver findings and new evidence are not accepted by it.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = Baseline.Acceptance.class))))
    @ApiResponse(responseCode = "200", description = "What the request accepted, now or before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "too-many-accepted", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    Baseline accept(@PathVariable String project, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        Baseline.Acceptance wanted = RequestFields.read(body, Baseline.Acceptance.class);
        Instant now = clock.instant();
        if (!environments.environments(project).contains(wanted.environment())) {
            throw NotFound.environment(project, wanted.environment(), environments);
        }
        String reason = RequestFields.text("reason", wanted.reason(), Baseline.LONGEST_REASON);
        String owner = RequestFields.text("owner", wanted.owner(), Baseline.LONGEST_OWNER);
        checkEnd(wanted.until(), now);
        Map<UUID, Finding> findings = chosen(project, wanted).stream()
                .collect(Collectors.toMap(_ -> EventIds.next(now, random), Function.identity()));
        Decision<BaselineResult> decision = recorder.decide(ACCEPT, new AcceptFindings(project, wanted.environment(),
                findings, reason, owner, wanted.until(), now, caller.getName()));
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

    @DeleteMapping("/{acceptance}")
    @Operation(summary = "Withdraw the acceptance of a finding", description = "From now on the finding is as if it had not been accepted.")
    ResponseEntity<Void> withdraw(@PathVariable String project, @PathVariable UUID acceptance,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        Instant now = clock.instant();
        Decision<BaselineResult> decision = recorder.decide(WITHDRAW, new WithdrawAcceptance(project, acceptance,
                EventIds.next(now, random), now, caller.getName()));
        if (decision.events().isEmpty()) {
            throw Refusal.notFound("Project '%s' has no acceptance '%s'; it may have been withdrawn or replaced."
                    .formatted(NotFound.shortened(project), acceptance));
        }
        log.atInfo().addKeyValue("project", project).addKeyValue("acceptance", acceptance)
                .log("acceptance of a finding withdrawn");
        return ResponseEntity.noContent().build();
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
