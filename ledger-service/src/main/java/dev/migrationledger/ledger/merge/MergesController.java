package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.merge.MergeContents;
import dev.migrationledger.ledger.author.KnownAuthors;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.merge.MergesCommand.Propose;
import dev.migrationledger.ledger.merge.MergesResult.*;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.recording.Recorder;
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
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/projects/{project}/merges", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Merges", description = "Several heads of a project, and how they become one")
final class MergesController {

    private static final int LISTED = 5;

    private final MergeActions actions;
    private final Merges merges;
    private final DeployedScripts scripts;
    private final StoredHistories histories;
    private final EnvironmentViews environments;
    private final KnownAuthors authors;
    private final Recorder recorder;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    MergesController(
            MergeActions actions, Merges merges, DeployedScripts scripts, StoredHistories histories,
            EnvironmentViews environments, KnownAuthors authors, Recorder recorder, Clock clock) {
        this.authors = authors;
        this.actions = actions;
        this.merges = merges;
        this.scripts = scripts;
        this.histories = histories;
        this.environments = environments;
        this.recorder = recorder;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "List the merges of a project", description = "The newest proposal first, also those that are over.")
    List<MergeProposal> list(@PathVariable String project) {
        actions.existing(project);
        return merges.of(project);
    }

    @GetMapping("/{merge}")
    @Operation(summary = "Show a merge", description = "What each side does, where it ran, who approved it, and what each environment would do afterwards.")
    MergeProposal show(@PathVariable String project, @PathVariable UUID merge) {
        return actions.show(project, merge);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Propose a merge", description = "Where the ledger did not propose it by itself, or proposed another way.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = MergeProposal.Wanted.class))))
    @ApiResponse(responseCode = "201", description = "Proposed, now or before", useReturnTypeSchema = true)
    MergeProposal propose(
            @PathVariable String project, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        MergeProposal.Wanted wanted = RequestFields.read(body, MergeProposal.Wanted.class);
        ProjectForks forks = new ProjectForks(project, scripts, histories);
        EnvironmentSnapshot environment = scripts.environments(project).byName().get(wanted.environment());
        if (environment == null) {
            throw NotFound.environment(project, wanted.environment(), environments);
        }
        List<String> heads = heads(wanted, environment.graph());
        MergeContent content = forks.content(wanted.environment(), heads, wanted.way()).orElseThrow();
        if (wanted.way() != null && content.way() != wanted.way()) {
            throw Refusal.conflict("not-possible", "No side can follow the other: %s. Merge them.".formatted(
                    content.unplaced().isEmpty()
                            ? "both ran somewhere, or one begins with a merge"
                            : "it is not known what ran in " + ListText.and(content.unplaced(), LISTED)));
        }
        MergesResult result = recorder.decide(MergesDecisions.DECIDER, new Propose(project, clock.instant(),
                random.nextLong(), caller.getName(), content, wanted.way(),
                authors.of(project, Merge.digests(content)))).result();
        return switch (result) {
            case Done(UUID id) -> actions.logged("proposed a merge", project, id, caller.getName());
            case Known(UUID id) -> actions.show(project, id);
            case Observed _,Unknown _,NotOpen _,AddressUnknown _,RanAlready _,OtherContent _,NotYours _ ->
                throw new IllegalStateException("a proposal has no answer: " + result);
        };
    }

    private static List<String> heads(MergeProposal.Wanted wanted, RevisionGraph graph) {
        List<String> there = List.copyOf(new TreeSet<>(graph.heads()));
        List<String> heads = wanted.heads().isEmpty()
                ? MergeContents.heads(graph)
                : List.copyOf(new TreeSet<>(wanted.heads()));
        heads.stream().filter(head -> !there.contains(head)).findFirst().ifPresent(head -> {
            throw Refusal.invalid("heads", "'%s' is not a head of the scripts of '%s'; its heads are %s.".formatted(
                    NotFound.shortened(head), wanted.environment(), ListText.and(there, LISTED)));
        });
        if (heads.size() < 2) {
            throw Refusal.invalid("heads", "The scripts of '%s' have nothing to merge: %s.".formatted(
                    wanted.environment(), there.size() < 2
                            ? "they have one head"
                            : "name two of their heads, " + ListText.and(there, LISTED)));
        }
        return heads;
    }

    @PostMapping("/{merge}/approve")
    @Operation(summary = "Approve a merge", description = "As it is now. The approval ends when what would be merged changes in what it does, and when another policy is applied. Who proposed it or wrote any of it does not approve it alone. With a comment, or without a body.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = ActionComment.class))))
    @ApiResponse(responseCode = "200", description = "Approved, now or before", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "not-open: it was rejected, withdrawn, or is over; address-unknown: the policy asks who wrote what, and no issuer verified an address of the caller", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    MergeProposal approve(
            @PathVariable String project, @PathVariable UUID merge,
            @RequestBody(required = false) byte @Nullable [] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        return actions.approve(project, merge, caller.getName(), RequestFields.comment(body));
    }

    @PostMapping(path = "/{merge}/rehearsals", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Report a rehearsal of a merge", description = "What came of running it in scratch databases. It is a claim of who sends it.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = MergeRehearsal.class))))
    @ApiResponse(responseCode = "201", description = "Recorded", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "not-open, or other-content: something else was rehearsed", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    MergeProposal rehearsed(
            @PathVariable String project, @PathVariable UUID merge, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        return actions.rehearsed(project, merge, caller.getName(), () -> PostedRehearsal.read(body));
    }

    @PostMapping(path = "/{merge}/reject", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Reject a merge", description = "As it is now; another content opens it again.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = MergeProposal.Reason.class))))
    @ApiResponse(responseCode = "200", description = "Rejected", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "not-open, or ran-already: an environment has it", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    MergeProposal reject(
            @PathVariable String project, @PathVariable UUID merge, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        return actions.reject(project, merge, caller.getName(), reason(body));
    }

    @PostMapping(path = "/{merge}/withdraw", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Withdraw a merge", description = "By who proposed it or an approver, until an environment has it.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = MergeProposal.Reason.class))))
    @ApiResponse(responseCode = "200", description = "Withdrawn", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "not-open, or ran-already: an environment has it", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    MergeProposal withdraw(
            @PathVariable String project, @PathVariable UUID merge, @RequestBody byte[] body,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        return actions.withdraw(project, merge, caller.getName(),
                caller instanceof Caller one && one.may(Role.APPROVER, project), reason(body));
    }

    private static String reason(byte[] body) {
        return RequestFields.read(body, MergeProposal.Reason.class).reason();
    }
}
