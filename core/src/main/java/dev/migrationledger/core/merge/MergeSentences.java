package dev.migrationledger.core.merge;

import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeEnvironment.Progress;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeProposal.Approval;
import dev.migrationledger.contracts.merge.MergeProposal.Decided;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal.Expiry;
import dev.migrationledger.contracts.merge.MergeProposal.Written;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.situation.MessageText;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A merge in words, for a terminal and for a page. Ids and names are as files and databases have them: what shows them has to make them harmless. */
public final class MergeSentences {

    private static final int NAMED = 4;

    /** Steps of an environment that are named. */
    private static final int STEPS = 20;

    private static final String REHEARSAL = "a rehearsal that succeeds";

    private MergeSentences() {}

    /** Where it stands. */
    public static String headline(MergeProposal merge) {
        String heads = ListText.and(merge.content().heads(), NAMED);
        Written written = merge.written();
        return switch (merge.status()) {
            case OPEN -> written == null
                    ? merge.approved()
                            ? "The merge of %s is approved.".formatted(heads)
                            : "The merge of %s needs %s.".formatted(heads, missing(merge))
                    : "%s brings %s together%s.".formatted(written.revision(), heads,
                            merge.approved() ? "" : ", and was not approved");
            case REJECTED -> "%s rejected the merge of %s: %s".formatted(by(merge.decided()), heads,
                    reason(merge.decided()));
            case WITHDRAWN -> "%s withdrew the merge of %s: %s".formatted(by(merge.decided()), heads,
                    reason(merge.decided()));
            case APPLIED -> "The merge of %s is in every environment.".formatted(heads);
            case OBSOLETE -> "The merge of %s is over: its heads are gone, or it was proposed again.".formatted(heads);
        };
    }

    private static String by(@Nullable Decided decided) {
        return Objects.requireNonNull(decided).by();
    }

    private static String reason(@Nullable Decided decided) {
        return Objects.requireNonNull(decided).reason();
    }

    private static String missing(MergeProposal merge) {
        Set<String> people = merge.approvals().stream().filter(one -> one.expired() == null).map(Approval::by)
                .collect(Collectors.toSet());
        int more = merge.approvalsNeeded() - people.size();
        boolean unrehearsed = merge.rehearsalNeeded() && !merge.isRehearsed();
        List<String> unknown = MergeAuthorship.unknown(merge);
        return more > 0
                ? Count.of(more, people.isEmpty() ? "approval" : "more approval")
                        + (unrehearsed ? " and " + REHEARSAL : "")
                : unrehearsed
                        ? REHEARSAL
                        : merge.authorsNeeded() && !unknown.isEmpty()
                                ? "to know who wrote " + ListText.and(unknown, NAMED)
                                : "an approval of someone who " + MergeAuthorship.isNot(merge, people);
    }

    /** What approvers should hear of one that waits: an approval that ended and was not given again; empty: nothing. */
    public static String ended(MergeProposal merge) {
        List<Approval> ended = merge.status() != Status.OPEN || merge.approved()
                ? List.of()
                : merge.approvals().stream().filter(one -> one.expired() != null && merge.approvals().stream()
                        .noneMatch(other -> other.expired() == null && other.by().equals(one.by()))).toList();
        return ended.isEmpty()
                ? ""
                : "The approval of %s %s.".formatted(ended.getFirst().by(), approval(ended.getFirst()));
    }

    /** The same with what changed, for who sees neither the page nor the approvals. */
    public static String endedBy(MergeProposal merge) {
        String ended = ended(merge);
        boolean changed = merge.approvals().stream().anyMatch(one -> one.expired() == Expiry.CONTENT_CHANGED);
        return ended.isEmpty() || !changed || merge.changes().isEmpty()
                ? ended
                : "%s %s.".formatted(ended, ListText.and(merge.changes().getFirst().differences().stream()
                        .map(MergeSentences::difference).toList(), NAMED));
    }

    /** Where the sides part. */
    public static String parting(MergeContent content) {
        return content.parting().isEmpty()
                ? "no revision: they share none"
                : ListText.and(content.parting(), NAMED);
    }

    /** Why the heads become one in this way. */
    public static String way(MergeContent content) {
        List<String> heads = content.heads();
        if (content.way() == MergeWay.REPARENT) {
            List<String> moved = heads.subList(1, heads.size());
            return "%s can follow %s, because %s ran nowhere.".formatted(ListText.and(moved, NAMED),
                    heads.getFirst(), moved.size() == 1 ? "it" : "they");
        }
        List<Side> ran = content.sides().stream().filter(side -> !side.ranIn().isEmpty()).toList();
        return !content.unplaced().isEmpty()
                ? "It is not known what ran in %s.".formatted(ListText.and(content.unplaced(), NAMED))
                : ran.size() > 1
                        ? ListText.and(ran.stream().map(side -> "%s ran in %s".formatted(side.head(),
                                ListText.and(side.ranIn(), NAMED))).toList(), NAMED) + "."
                        : "A new revision follows %s.".formatted(heads.size() == 2 ? "both" : "all of them");
    }

    /** How long a side is, and where it ran. */
    public static String side(MergeContent content, Side side) {
        return Count.of(side.revisions().size(), "revision") + (side.ranIn().isEmpty()
                ? content.unplaced().isEmpty() ? ", ran nowhere" : ", not known to have run"
                : ", ran in " + ListText.and(side.ranIn(), NAMED));
    }

    /** What cannot be seen in the schema, or read in the file; empty: nothing. */
    public static String note(SideRevision revision) {
        List<Integer> unread = revision.unreadLines();
        return unread == null
                ? "cannot be read"
                : !unread.isEmpty()
                        ? "line %s cannot be read".formatted(ListText.and(
                                unread.stream().map(String::valueOf).toList(), NAMED))
                        : revision.dataOnly() ? "changes rows only" : "";
    }

    /** Objects of a side. */
    public static String changes(Side side) {
        List<ObjectName> whole = MessageText.whole(side.changes());
        return whole.isEmpty() ? "nothing in the schema" : MessageText.objects(whole);
    }

    /** What more than one side changes. */
    public static String shared(MergeContent content) {
        boolean readable = content.sides().stream().flatMap(side -> side.revisions().stream())
                .allMatch(one -> one.unreadLines() != null && one.unreadLines().isEmpty());
        return !content.shared().isEmpty()
                ? MessageText.objects(content.shared())
                : readable ? "no object" : "no object that can be read";
    }

    /** What an environment has, and would run. */
    public static String environment(MergeEnvironment environment) {
        List<String> steps = environment.steps();
        if (steps == null) {
            return "It is not known what ran there.";
        }
        List<String> has = environment.sides().stream()
                .filter(side -> side.progress() == Progress.APPLIED || side.progress() == Progress.STAMPED)
                .map(side -> side.progress() == Progress.STAMPED
                        ? side.head() + " (stamped, not run)"
                        : side.head())
                .toList();
        return "%s, would run %s".formatted(has.isEmpty() ? neither(environment) : "has " + ListText.and(has, NAMED),
                steps.isEmpty() ? "nothing" : ListText.plain(steps, STEPS));
    }

    private static String neither(MergeEnvironment environment) {
        return environment.sides().size() == 2 ? "has neither side" : "has none of the sides";
    }

    /** What became of an approval; empty: it counts as it was given. */
    public static String approval(Approval approval) {
        return approval.expired() == null
                ? approval.carried() == 0 ? "" : "kept: only comments, formatting or messages changed"
                : "ended: " + switch (approval.expired()) {
                    case CONTENT_CHANGED -> "what would be merged changed";
                    case POLICY_CHANGED -> "another policy was applied";
                    case ROLE_WITHDRAWN -> "is not an approver any more";
                };
    }

    /** A clause. */
    public static String difference(MergeDifference difference) {
        String revision = Objects.requireNonNullElse(difference.revision(), "");
        String before = Objects.requireNonNullElse(difference.before(), "");
        String after = Objects.requireNonNullElse(difference.after(), "");
        return switch (difference.kind()) {
            case REVISION_ADDED -> "%s is new".formatted(revision);
            case REVISION_REMOVED -> "%s is gone".formatted(revision);
            case REVISION_EDITED -> "%s does something else: file %.8s is %.8s now".formatted(revision, before, after);
            case PARENTS_CHANGED -> "%s follows %s instead of %s".formatted(revision,
                    after.isEmpty() ? "nothing" : after, before.isEmpty() ? "nothing" : before);
            case ORDER_CHANGED -> "the order is %s instead of %s".formatted(after, before);
            case WAY_CHANGED -> MergeWay.MERGE.name().equals(after)
                    ? "re-parenting is not possible any more"
                    : "re-parenting is possible now";
        };
    }
}
