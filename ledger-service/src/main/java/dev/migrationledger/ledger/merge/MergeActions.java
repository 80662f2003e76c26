package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.merge.MergeSentences;
import dev.migrationledger.ledger.author.KnownAuthors;
import dev.migrationledger.ledger.divergence.DeployedScripts;
import dev.migrationledger.ledger.history.StoredHistories;
import dev.migrationledger.ledger.merge.MergesCommand.ApproveMerge;
import dev.migrationledger.ledger.merge.MergesCommand.Outcome;
import dev.migrationledger.ledger.merge.MergesCommand.Rehearse;
import dev.migrationledger.ledger.merge.MergesCommand.Reject;
import dev.migrationledger.ledger.merge.MergesCommand.Withdraw;
import dev.migrationledger.ledger.merge.MergesResult.*;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.view.NotFound;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** What people do with a merge, for the API and for pages. Each method records it, or throws a {@link Refusal} that says why not. */
public final class MergeActions {

    private static final Logger log = LoggerFactory.getLogger(MergeActions.class);

    public static final int LONGEST_REASON = 1_000;
    private static final int LISTED = 5;

    private final MergesView view;
    private final Merges merges;
    private final DeployedScripts scripts;
    private final StoredHistories histories;
    private final ProjectPolicies policies;
    private final EnvironmentViews environments;
    private final KnownAuthors authors;
    private final Recorder recorder;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    MergeActions(
            MergesView view, Merges merges, DeployedScripts scripts, StoredHistories histories,
            ProjectPolicies policies, EnvironmentViews environments, KnownAuthors authors, Recorder recorder,
            Clock clock) {
        this.view = view;
        this.merges = merges;
        this.scripts = scripts;
        this.histories = histories;
        this.policies = policies;
        this.environments = environments;
        this.authors = authors;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** As it is now. */
    public MergeProposal show(String project, UUID merge) {
        existing(project);
        return merges.find(project, merge).orElseThrow(() -> unknown(project, merge));
    }

    /**
     * As it is now. By whom, the caller has to have checked: an approver of the project.
     *
     * @param comment absent: none
     */
    public MergeProposal approve(String project, UUID merge, String by, @Nullable String comment) {
        String checked = RequestFields.optional("comment", comment, ActionComment.LONGEST);
        Merge known = found(project, merge);
        List<Revision> beyond = new ProjectForks(project, scripts, histories).outcome(known).map(Outcome::beyond)
                .orElse(List.of());
        Set<String> digests = new HashSet<>(known.digests());
        beyond.forEach(one -> digests.add(one.digest()));
        ProjectPolicies.Demands policy = policies.demands(project);
        decide(project, merge, new ApproveMerge(project, clock.instant(), random.nextLong(), merge, by,
                authors.couldKnow(by), policy.policy().merges(), policy.version(), beyond,
                authors.of(project, digests), checked));
        return logged("approved a merge", project, merge, by);
    }

    /** @param rehearsal read after the merge was found */
    MergeProposal rehearsed(String project, UUID merge, String by, Supplier<MergeRehearsal> rehearsal) {
        found(project, merge);
        decide(project, merge,
                new Rehearse(project, clock.instant(), random.nextLong(), merge, by, rehearsal.get()));
        return logged("rehearsed a merge", project, merge, by);
    }

    /** By an approver of the project. */
    public MergeProposal reject(String project, UUID merge, String by, String reason) {
        found(project, merge);
        decide(project, merge, new Reject(project, clock.instant(), random.nextLong(), merge, by, reason(reason)));
        return logged("rejected a merge", project, merge, by);
    }

    /**
     * It is not wanted any more.
     *
     * @param approver whether who asks may approve; others withdraw what they proposed
     */
    public MergeProposal withdraw(String project, UUID merge, String by, boolean approver, String reason) {
        found(project, merge);
        decide(project, merge, new Withdraw(project, clock.instant(), random.nextLong(), merge, by, approver,
                reason(reason)));
        return logged("withdrew a merge", project, merge, by);
    }

    /** The reason as it would be recorded. */
    public static String reason(String text) {
        return RequestFields.text("reason", text, LONGEST_REASON);
    }

    /** Whether it can still be approved or rejected; otherwise a {@link Refusal} says why not. */
    public static void checkOpen(Status status) {
        if (status != Status.OPEN) {
            throw notOpen(status);
        }
    }

    private void decide(String project, UUID merge, MergesCommand command) {
        switch (recorder.decide(MergesDecisions.DECIDER, command).result()) {
            case Done _,Observed _,Known _ -> {
            }
            case Unknown _ -> throw notOpen(found(project, merge).status());
            case NotOpen(Status status) -> throw notOpen(status);
            case AddressUnknown _ -> throw Refusal.conflict("address-unknown",
                    "The policy asks who wrote the merge, and the ledger cannot compare you with its authors: no issuer verified your address. Sign in with one that does.");
            case RanAlready(String environment) -> throw Refusal.conflict("ran-already",
                    "'%s' has the merge already. Repair it forwards, with another revision.".formatted(environment));
            case OtherContent(List<MergeDifference> differences) -> throw Refusal.conflict("other-content",
                    "What was rehearsed is not what would be merged: %s. Rehearse it again.".formatted(ListText.and(
                            differences.stream().map(MergeSentences::difference).map(NotFound::shortened).toList(),
                            LISTED)));
            case NotYours _ -> throw new Refusal(Refusal.problem(HttpStatus.FORBIDDEN, "not-yours",
                    "Another person proposed the merge, or the ledger. An approver can withdraw it.", null));
        }
    }

    private static Refusal notOpen(Status status) {
        return Refusal.conflict("not-open", switch (status) {
            case OPEN -> "The merge was just changed. Look at it again.";
            case REJECTED -> "The merge was rejected. Change its scripts, or propose it again.";
            case WITHDRAWN -> "The merge was withdrawn. Propose it again.";
            case APPLIED -> "The merge is over: every environment has it.";
            case OBSOLETE -> "The merge is over: its heads are gone, or it was proposed again.";
        });
    }

    MergeProposal logged(String what, String project, UUID merge, String by) {
        log.atInfo().addKeyValue("project", project).addKeyValue("merge", merge).addKeyValue("by", by).log(what);
        return show(project, merge);
    }

    private Merge found(String project, UUID merge) {
        existing(project);
        return view.find(project, merge).orElseThrow(() -> unknown(project, merge));
    }

    private static Refusal unknown(String project, UUID merge) {
        return Refusal.notFound("Project '%s' has no merge %s; list them.".formatted(project, merge));
    }

    void existing(String project) {
        if (environments.environments(project).isEmpty()) {
            throw NotFound.project(project, environments);
        }
    }
}
