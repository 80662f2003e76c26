package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.envelope.EventIds;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.MergeEvent.*;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.contracts.merge.MergeAuthors.Origin;
import dev.migrationledger.contracts.merge.MergeAuthors;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeProposal.Approval;
import dev.migrationledger.contracts.merge.MergeProposal.Expiry;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.merge.MergeDifferences;
import dev.migrationledger.ledger.author.KnownAuthors.FileOrigin;
import dev.migrationledger.ledger.identity.people.People;
import dev.migrationledger.ledger.merge.MergesCommand.*;
import dev.migrationledger.ledger.merge.MergesResult.*;
import dev.migrationledger.ledger.recording.stream.Decider;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/** What may be recorded about the merges of one project. Pure: time and chance come with the command. */
final class MergesDecisions {

    static final Decider<MergesCommand, MergesState, MergesResult> DECIDER = Decider.of(MergesState.DEFINITION,
            MergesDecisions::decide);

    private final MergesCommand command;
    private final SplittableRandom random;
    private final List<RecordedEvent> events = new ArrayList<>();
    private MergesState state;

    private MergesDecisions(MergesState state, MergesCommand command) {
        this.state = state;
        this.command = command;
        this.random = new SplittableRandom(command.chance());
    }

    static Decision<MergesResult> decide(MergesState state, MergesCommand command) {
        MergesDecisions decisions = new MergesDecisions(state, command);
        MergesResult result = switch (command) {
            case Observe observe -> decisions.observe(observe);
            case Propose propose -> decisions.propose(propose);
            case ApproveMerge approve -> decisions.approve(approve);
            case Rehearse rehearse -> decisions.rehearse(rehearse);
            case Reject reject -> decisions.reject(reject);
            case Withdraw withdraw -> decisions.withdraw(withdraw);
        };
        return new Decision<>(result, decisions.events);
    }

    private MergesResult observe(Observe seen) {
        for (MergeContent fork : seen.forks()) {
            Merge known = state.of(Merge.fork(fork)).orElse(null);
            if (known == null) {
                record(new MergeProposed(id(), null, null, fork));
            } else {
                change(known, fork);
            }
        }
        Map<UUID, Outcome> joined = new HashMap<>(seen.joined());
        for (Arrived arrived : seen.arrived()) {
            if (state.of(Merge.fork(arrived.content())).isEmpty()) {
                UUID id = id();
                record(new MergeProposed(id, null, arrived.content().way(), arrived.content()));
                joined.put(id, arrived.outcome());
            }
        }
        for (UUID id : state.merges().stream().map(Merge::merge).toList()) {
            Outcome outcome = joined.get(id);
            know(id, outcome == null ? List.of() : outcome.beyond(), seen.files());
            expire(id, seen);
            if (outcome != null) {
                follow(id, outcome, seen);
            } else if (seen.forks().stream().noneMatch(fork -> Merge.fork(fork).equals(merge(id).fork()))) {
                record(new MergeClosed(id, false));
            }
        }
        return new Observed();
    }

    /** What is there now is compared with what was approved, and approvals stay or end. */
    private void change(Merge known, MergeContent now) {
        if (known.content().equals(now)) {
            return;
        }
        List<MergeDifference> differences = MergeDifferences.between(known.content(), now);
        List<String> carried = MergeDifferences.carried(known.content(), now);
        record(new MergeContentChanged(known.merge(), now, differences));
        for (Approval approval : known.counting()) {
            if (!differences.isEmpty()) {
                record(new MergeApprovalExpired(known.merge(), approval.by(), Expiry.CONTENT_CHANGED));
            } else if (!carried.isEmpty()) {
                record(new MergeApprovalCarried(known.merge(), approval.by(), carried));
            }
        }
    }

    /** Who wrote it may become known after it was approved. */
    private void know(UUID id, List<Revision> beyond, Map<String, FileOrigin> files) {
        Merge merge = merge(id);
        List<MergeAuthors> now = merge.authors(beyond, files);
        boolean silent = merge.authors().isEmpty() && now.stream().allMatch(one -> one.origin() == Origin.UNKNOWN);
        if (!silent && !now.equals(merge.authors())) {
            record(new MergeAuthorsKnown(id, now));
        }
    }

    private void expire(UUID id, Observe seen) {
        for (Approval approval : merge(id).counting()) {
            if (approval.policyVersion() != seen.policyVersion()) {
                record(new MergeApprovalExpired(id, approval.by(), Expiry.POLICY_CHANGED));
            } else if (!seen.approvers().contains(approval.by())) {
                record(new MergeApprovalExpired(id, approval.by(), Expiry.ROLE_WITHDRAWN));
            }
        }
    }

    private void follow(UUID id, Outcome outcome, Observe seen) {
        if (merge(id).written() == null) {
            record(new MergeWritten(id, outcome.joined().revision(), outcome.joined().way(), outcome.asProposed()));
        }
        boolean approved = merge(id).isApproved(seen.rule());
        Set<String> known = Set.copyOf(merge(id).applied().stream().map(one -> one.environment()).toList());
        outcome.appliedIn().stream().sorted().filter(environment -> !known.contains(environment))
                .forEach(environment -> record(new MergeApplied(id, environment, approved)));
        // One that no one approved stays: someone still has to look at it.
        if (approved && !seen.environments().isEmpty() && outcome.appliedIn().containsAll(seen.environments())) {
            record(new MergeClosed(id, true));
        }
    }

    private MergesResult propose(Propose propose) {
        Merge known = state.of(Merge.fork(propose.content())).orElse(null);
        if (known != null && known.status() == Status.OPEN && Objects.equals(known.chosen(), propose.chosen())
                && known.content().heads().equals(propose.content().heads())) {
            return new Known(known.merge());
        }
        if (known != null) {
            record(new MergeClosed(known.merge(), false));
        }
        UUID id = id();
        record(new MergeProposed(id, propose.by(), propose.chosen(), propose.content()));
        know(id, List.of(), propose.files());
        return new Done(id);
    }

    private MergesResult approve(ApproveMerge approve) {
        Merge merge = state.merge(approve.merge()).orElse(null);
        if (merge == null) {
            return new Unknown();
        }
        if (merge.status() != Status.OPEN) {
            return new NotOpen(merge.status());
        }
        if (approve.rule().needsAuthors() && !approve.comparable() && !approve.by().equals(People.LOCAL)) {
            return new AddressUnknown();
        }
        know(merge.merge(), approve.beyond(), approve.files());
        Approval before = merge.counting().stream().filter(one -> one.by().equals(approve.by())).findFirst()
                .orElse(null);
        if (before != null && before.policyVersion() == approve.policyVersion()) {
            return new Done(merge.merge());
        }
        if (before != null) {
            record(new MergeApprovalExpired(merge.merge(), approve.by(), Expiry.POLICY_CHANGED));
        }
        record(new MergeApproved(merge.merge(), approve.by(), approve.policyVersion(), approve.comment()));
        return new Done(merge.merge());
    }

    private MergesResult rehearse(Rehearse rehearse) {
        Merge merge = state.merge(rehearse.merge()).orElse(null);
        if (merge == null) {
            return new Unknown();
        }
        if (merge.status() != Status.OPEN) {
            return new NotOpen(merge.status());
        }
        List<MergeDifference> differences = MergeDifferences.since(rehearse.rehearsal(), merge.content());
        if (!differences.isEmpty()) {
            return new OtherContent(differences);
        }
        record(new MergeRehearsed(merge.merge(), rehearse.by(), rehearse.rehearsal()));
        return new Done(merge.merge());
    }

    private MergesResult reject(Reject reject) {
        Merge merge = state.merge(reject.merge()).orElse(null);
        if (merge == null) {
            return new Unknown();
        }
        if (merge.status() != Status.OPEN) {
            return new NotOpen(merge.status());
        }
        if (!merge.applied().isEmpty()) {
            return new RanAlready(merge.applied().getFirst().environment());
        }
        record(new MergeRejected(merge.merge(), reject.by(), reject.reason()));
        return new Done(merge.merge());
    }

    private MergesResult withdraw(Withdraw withdraw) {
        Merge merge = state.merge(withdraw.merge()).orElse(null);
        if (merge == null) {
            return new Unknown();
        }
        if (!withdraw.approver() && !withdraw.by().equals(merge.by())) {
            return new NotYours();
        }
        if (merge.status() == Status.WITHDRAWN) {
            return new NotOpen(merge.status());
        }
        if (!merge.applied().isEmpty()) {
            return new RanAlready(merge.applied().getFirst().environment());
        }
        record(new MergeWithdrawn(merge.merge(), withdraw.by(), withdraw.reason()));
        return new Done(merge.merge());
    }

    private Merge merge(UUID id) {
        return state.merge(id).orElseThrow();
    }

    private void record(MergeEvent event) {
        events.add(new RecordedEvent(id(), command.project(), null, null, Occurrence.exactly(command.now()),
                command.now(), event));
        state = state.after(event, command.now());
    }

    private UUID id() {
        return EventIds.next(command.now(), random);
    }
}
