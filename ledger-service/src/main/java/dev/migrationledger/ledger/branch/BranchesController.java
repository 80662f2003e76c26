package dev.migrationledger.ledger.branch;

import dev.migrationledger.contracts.branch.BranchScan;
import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.branch.BranchRevisions;
import dev.migrationledger.ledger.branch.BranchesCommand.Close;
import dev.migrationledger.ledger.branch.BranchesCommand.Publish;
import dev.migrationledger.ledger.branch.BranchesDecisions.Result;
import dev.migrationledger.ledger.ingest.http.BodyBudget;
import dev.migrationledger.ledger.ingest.http.RequestBody;
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
import java.io.InputStream;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/projects/{project}/branches", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Branches", description = "Branches and pull requests before they are merged")
final class BranchesController {

    private static final Logger log = LoggerFactory.getLogger(BranchesController.class);

    private static final int LONGEST_SOURCE = 200;

    /** A branch with more is one of a project whose environments are not known yet. */
    private static final int MOST_REVISIONS = 1_000;

    private final OpenBranches branches;
    private final EnvironmentViews environments;
    private final BodyBudget budget;
    private final Recorder recorder;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    BranchesController(
            OpenBranches branches, EnvironmentViews environments, BodyBudget budget, Recorder recorder, Clock clock) {
        this.branches = branches;
        this.environments = environments;
        this.budget = budget;
        this.recorder = recorder;
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "List the open branches of a project", description = "Branches and pull requests with revisions that no environment has, and what is in their way.")
    List<OpenBranch> list(@PathVariable String project) {
        existing(project);
        return branches.of(project);
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Publish the scripts of a branch or pull request", description = "Answers what is in its way: other children of the parents that its revisions have. What is not published again for 30 days is left out.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = BranchScan.class))))
    @ApiResponse(responseCode = "200", description = "Published", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "409", description = "too-many: the project has 2,000 open branches", content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE, schema = @Schema(implementation = Problem.class)))
    OpenBranch publish(
            @PathVariable String project, InputStream body,
            @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, required = false) @Nullable String encoding,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        BranchScan scan = read(body, encoding, BranchScan.class);
        existing(project);
        String source = source(scan.source());
        BranchRevisions revisions = branches.revisions(project, scan.scripts());
        if (revisions.own().size() > MOST_REVISIONS) {
            throw Refusal.invalid("scripts",
                    "'%s' has %s that no environment of '%s' has; a branch has at most %,d. Report what is deployed first."
                            .formatted(source, Count.of(revisions.own().size(), "revision"), project, MOST_REVISIONS));
        }
        Set<String> own = revisions.own().stream().map(Revision::digest).collect(Collectors.toSet());
        List<RevisionAuthors> authors = Objects.requireNonNullElse(scan.authors(), List.<RevisionAuthors>of()).stream()
                .filter(one -> own.contains(one.digest())).toList();
        if (recorder.decide(BranchesDecisions.DECIDER, new Publish(project, clock.instant(), random.nextLong(), source,
                caller.getName(), revisions, authors)).result() == Result.TOO_MANY) {
            throw Refusal.conflict("too-many", "'%s' has %,d open branches. Close those that were merged."
                    .formatted(project, BranchesDecisions.MOST));
        }
        return branches.published(project, source, caller.getName(), revisions);
    }

    @PostMapping(path = "/close", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Say that a branch or pull request is closed", description = "It was merged, or is not wanted any more. One that is not known is closed already.", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(implementation = BranchScan.Closed.class))))
    void close(
            @PathVariable String project, InputStream body,
            @RequestHeader(name = HttpHeaders.CONTENT_ENCODING, required = false) @Nullable String encoding,
            @Parameter(hidden = true) @AuthenticationPrincipal Principal caller) {
        String source = source(read(body, encoding, BranchScan.Closed.class).source());
        existing(project);
        if (recorder.decide(BranchesDecisions.DECIDER, new Close(project, clock.instant(), random.nextLong(), source,
                caller.getName())).result() == Result.DONE) {
            log.atInfo().addKeyValue("project", project).addKeyValue("source", source)
                    .addKeyValue("by", caller.getName()).log("closed a branch");
        }
    }

    private <T> T read(InputStream body, @Nullable String encoding, Class<T> type) {
        try (BodyBudget.Share share = budget.share()) {
            return RequestFields.readLarge(RequestBody.read(body, encoding, share), type);
        }
    }

    private static String source(String named) {
        String source = RequestFields.text("source", named, LONGEST_SOURCE);
        if (source.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalid("source", "The source has a control character; write its name in one line.");
        }
        if (!OpenBranch.isBranch(source)) {
            throw Refusal.invalid("source", "'%s' names no branch; use branch:NAME, pr:NUMBER or mr:NUMBER."
                    .formatted(NotFound.shortened(source)));
        }
        return source;
    }

    private void existing(String project) {
        if (environments.environments(project).isEmpty()) {
            throw NotFound.project(project, environments);
        }
    }
}
