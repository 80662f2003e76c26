package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.event.MergeEvent.*;
import dev.migrationledger.contracts.event.MergeEvent;
import dev.migrationledger.contracts.merge.MergeAuthors.Origin;
import dev.migrationledger.contracts.merge.MergeAuthors;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeProposal.*;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.policy.MergeRule;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.merge.MergeDifferences;
import dev.migrationledger.ledger.author.KnownAuthors.FileOrigin;
import dev.migrationledger.ledger.identity.people.People;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A proposal as its events tell it. Pure.
 *
 * @param by who proposed it; absent: the ledger
 * @param chosen how the heads become one, where a person chose
 * @param changes of its content, the newest first
 * @param approvals the newest first
 * @param authors who wrote what it has; none before anything of it was known
 * @param decided who rejected or withdrew it
 * @param rehearsals the newest first
 */
record Merge(
        UUID merge, Status status, @Nullable String by, Instant proposedAt, @Nullable MergeWay chosen,
        MergeContent content, List<Change> changes, List<Approval> approvals, List<MergeAuthors> authors,
        @Nullable Decided decided, @Nullable Written written, List<Applied> applied, List<Rehearsal> rehearsals) {

    Merge {
        changes = List.copyOf(changes);
        approvals = List.copyOf(approvals);
        authors = List.copyOf(authors);
        applied = List.copyOf(applied);
        rehearsals = List.copyOf(rehearsals);
    }

    /** Someone ran it in scratch databases. */
    record Rehearsal(String by, Instant at, MergeRehearsal rehearsal) {}

    /**
     * After one more event about it.
     *
     * @param before absent before the first one
     */
    static @Nullable Merge after(@Nullable Merge before, MergeEvent event, Instant at) {
        return event instanceof MergeProposed proposed
                ? proposed(proposed, at)
                : before == null ? null : before.after(event, at);
    }

    private static Merge proposed(MergeProposed event, Instant at) {
        return new Merge(event.merge(), Status.OPEN, event.by(), at, event.chosen(), event.content(), List.of(),
                List.of(), List.of(), null, null, List.of(), List.of());
    }

    private Merge after(MergeEvent event, Instant at) {
        return switch (event) {
            case MergeProposed it -> proposed(it, at);
            case MergeContentChanged it -> it.differences().isEmpty()
                    ? with(status, it.content(), changes, approvals, decided)
                    : with(status == Status.REJECTED ? Status.OPEN : status, it.content(),
                            Stream.concat(Stream.of(new Change(at, it.differences())), changes.stream())
                                    .limit(MergeProposal.MOST_CHANGES).toList(),
                            approvals, status == Status.REJECTED ? null : decided);
            case MergeApproved it -> with(status, content, changes, Stream.concat(
                    Stream.of(new Approval(it.by(), at, it.policyVersion(), 0, null, null, it.comment())),
                    approvals.stream())
                    .toList(), decided);
            case MergeApprovalCarried it -> with(approvals(it.by(), Approval::carriedOver));
            case MergeApprovalExpired it -> with(approvals(it.by(), one -> one.ended(it.why(), at)));
            case MergeRehearsed it -> new Merge(merge, status, by, proposedAt, chosen, content, changes, approvals,
                    authors, decided, written, applied,
                    Stream.concat(Stream.of(new Rehearsal(it.by(), at, it.rehearsal())), rehearsals.stream())
                            .limit(MergeProposal.MOST_REHEARSALS).toList());
            case MergeRejected it -> with(Status.REJECTED, content, changes, approvals,
                    new Decided(it.by(), at, it.reason()));
            case MergeWithdrawn it -> with(Status.WITHDRAWN, content, changes, approvals,
                    new Decided(it.by(), at, it.reason()));
            case MergeWritten it -> new Merge(merge, status, by, proposedAt, chosen, content, changes, approvals,
                    authors, decided, new Written(it.revision(), it.way(), at, it.asProposed()), applied, rehearsals);
            case MergeApplied it -> {
                List<Applied> all = new ArrayList<>(applied);
                all.add(new Applied(it.environment(), at, it.approved()));
                yield new Merge(merge, status, by, proposedAt, chosen, content, changes, approvals, authors, decided,
                        written, all, rehearsals);
            }
            case MergeAuthorsKnown it -> new Merge(merge, status, by, proposedAt, chosen, content, changes, approvals,
                    it.authors(), decided, written, applied, rehearsals);
            case MergeClosed it -> with(it.applied() ? Status.APPLIED : Status.OBSOLETE, content, changes, approvals,
                    decided);
        };
    }

    private Merge with(
            Status newStatus, MergeContent newContent, List<Change> newChanges, List<Approval> newApprovals,
            @Nullable Decided newDecided) {
        return new Merge(merge, newStatus, by, proposedAt, chosen, newContent, newChanges, newApprovals, authors,
                newDecided, written, applied, rehearsals);
    }

    private Merge with(List<Approval> newApprovals) {
        return with(status, content, changes, newApprovals, decided);
    }

    private List<Approval> approvals(String person, UnaryOperator<Approval> change) {
        return approvals.stream().map(one -> one.by().equals(person) && one.expired() == null
                ? change.apply(one)
                : one).toList();
    }

    /** Approvals that were not told to have ended. */
    List<Approval> counting() {
        return approvals.stream().filter(one -> one.expired() == null).toList();
    }

    boolean isClosed() {
        return status == Status.APPLIED || status == Status.OBSOLETE;
    }

    /** How many people have to approve it. */
    int needed(MergeRule rule) {
        return content.shared().isEmpty() ? rule.approvals() : rule.approvalsWhereShared();
    }

    /** Whether it was rehearsed as far as the policy asks for that: the last rehearsal of what would be merged now succeeded. */
    boolean isRehearsed(MergeRule rule) {
        return !rule.needsRehearsal() || rehearsals.stream().map(Rehearsal::rehearsal)
                .filter(one -> MergeDifferences.since(one, content).isEmpty()).findFirst()
                .filter(MergeRehearsal::succeeded).isPresent();
    }

    /**
     * Whether enough people approved it, and it was rehearsed if it has to be. Who proposed it or wrote any of it does not approve it alone, except
     * without sign-in, where everyone has one name.
     */
    boolean isApproved(MergeRule rule) {
        Set<String> people = new TreeSet<>();
        counting().stream().filter(this::isOfWhatIsWritten).forEach(one -> people.add(one.by()));
        return status != Status.REJECTED && status != Status.WITHDRAWN && people.size() >= needed(rule)
                && isRehearsed(rule)
                && (needed(rule) == 0 || people.contains(People.LOCAL)
                        || (people.stream().anyMatch(this::isUninvolved)
                                && !(rule.needsAuthors() && lacksAuthors())));
    }

    private boolean isUninvolved(String person) {
        return !person.equals(by) && authors.stream().noneMatch(one -> one.people().contains(person));
    }

    /** Whether it is not known of all of it who wrote it. */
    private boolean lacksAuthors() {
        return authors.isEmpty() || authors.stream().anyMatch(one -> one.origin() == Origin.UNKNOWN);
    }

    /**
     * Who wrote the revisions of all sides, and others that have to be approved.
     *
     * @param files who wrote them, by digest
     */
    List<MergeAuthors> authors(List<Revision> beyond, Map<String, FileOrigin> files) {
        Map<String, MergeAuthors> all = new LinkedHashMap<>();
        Stream.concat(content.sides().stream().flatMap(side -> side.revisions().stream())
                .map(SideRevision::declared), beyond.stream())
                .forEach(one -> all.put(one.revision() + " " + one.digest(),
                        authors(one, files.get(one.digest()))));
        return List.copyOf(all.values());
    }

    private static MergeAuthors authors(Revision revision, @Nullable FileOrigin file) {
        return file == null || (file.names() == null && !file.generated())
                ? new MergeAuthors(revision.revision(), revision.digest(), Origin.UNKNOWN, List.of())
                : file.generated()
                        ? new MergeAuthors(revision.revision(), revision.digest(), Origin.TOOL, List.of())
                        : new MergeAuthors(revision.revision(), revision.digest(), Origin.PEOPLE,
                                List.copyOf(new TreeSet<>(file.people())));
    }

    /** Digests of the files of all sides. */
    Set<String> digests() {
        return digests(content);
    }

    static Set<String> digests(MergeContent content) {
        return content.sides().stream().flatMap(side -> side.revisions().stream())
                .map(one -> one.declared().digest()).collect(Collectors.toSet());
    }

    /** What was written in another way than proposed has to be approved as it is. */
    private boolean isOfWhatIsWritten(Approval approval) {
        return written == null || (written.asProposed() && written.way() == content.way())
                || !approval.at().isBefore(written.at());
    }

    /** Which fork it is about: the first revisions of all sides, which stay while heads move on. */
    Set<String> fork() {
        return fork(content);
    }

    static Set<String> fork(MergeContent content) {
        Set<String> roots = new TreeSet<>();
        for (Side side : content.sides()) {
            roots.addAll(side.roots().isEmpty() ? List.of(side.head()) : side.roots());
        }
        return roots;
    }

    /**
     * As it is shown, without what it means for each environment.
     *
     * @param files who wrote them, by digest
     */
    MergeProposal proposal(String project, MergeRule rule, Map<String, FileOrigin> files) {
        List<MergeAuthors> known = authors.isEmpty() ? authors(List.of(), Map.of()) : authors;
        return new MergeProposal(merge, project, status, by, proposedAt, content, changes, approvals, needed(rule),
                known.stream().map(one -> shown(one, files.get(one.digest()))).toList(), rule.needsAuthors(),
                isApproved(rule), decided, written, applied,
                rehearsals.stream().map(one -> new Rehearsed(one.by(), one.at(), one.rehearsal(),
                        MergeDifferences.since(one.rehearsal(), content))).toList(),
                rule.needsRehearsal(), null);
    }

    private static Authors shown(MergeAuthors one, @Nullable FileOrigin file) {
        List<String> names = file == null || one.origin() != Origin.PEOPLE ? null : file.names();
        return new Authors(one.revision(), one.origin(), names == null ? List.of() : names, one.people());
    }
}
