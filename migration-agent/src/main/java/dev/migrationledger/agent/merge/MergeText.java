package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeEnvironment.Standing;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeProposal.Approval;
import dev.migrationledger.contracts.merge.MergeProposal.Change;
import dev.migrationledger.contracts.merge.MergeProposal.Decided;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal.Written;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.situation.MessageText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A merge for people. */
record MergeText(MergeProposal merge) {

    /** A longer list is not read; JSON has all of it. */
    private static final int MOST = 20;

    private static final int NAMED = 4;

    private static final String LABELLED = "%-13s%s";

    /** Whether someone has to approve it. */
    static boolean isWaiting(MergeProposal merge) {
        return merge.status() == Status.OPEN && !merge.approved();
    }

    static List<String> list(String project, List<MergeProposal> all) {
        if (all.isEmpty()) {
            return List.of("%s has no merge.".formatted(project));
        }
        List<String> lines = new ArrayList<>();
        lines.add("%s has %s".formatted(project, Count.of(all.size(), "merge")));
        all.stream().limit(MOST).forEach(one -> {
            lines.add("");
            lines.add("%-11s  %s".formatted(status(one), Paint.plain(ListText.and(one.content().heads(), NAMED))));
            lines.add("             %s".formatted(one.merge()));
        });
        if (all.size() > MOST) {
            lines.add("");
            lines.add("%d more; --output json has them.".formatted(all.size() - MOST));
        }
        return lines;
    }

    private static String status(MergeProposal merge) {
        Written written = merge.written();
        return switch (merge.status()) {
            case OPEN -> written != null
                    ? merge.approved() ? "written" : "unapproved"
                    : merge.approved() ? "approved" : "open";
            case REJECTED -> "rejected";
            case WITHDRAWN -> "withdrawn";
            case APPLIED -> "applied";
            case OBSOLETE -> "obsolete";
        };
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(first());
        lines.add("id %s".formatted(merge.merge()));
        lines.add("");
        lines.addAll(how());
        merge.content().sides().forEach(side -> {
            lines.add("");
            lines.addAll(side(side));
        });
        lines.add("");
        lines.add(LABELLED.formatted("both change", merge.content().shared().isEmpty()
                ? isReadable() ? "no object" : "no object that can be read"
                : MessageText.objects(merge.content().shared())));
        environments(lines);
        approvals(lines);
        merge.changes().stream().findFirst().ifPresent(change -> lines.addAll(changed(change)));
        next(lines);
        return lines;
    }

    /** What was approved, and what is next. */
    List<String> approved() {
        List<String> lines = new ArrayList<>();
        lines.add(first());
        next(lines);
        return lines;
    }

    /** After it was rejected or withdrawn. */
    List<String> ended() {
        return List.of(first());
    }

    private String first() {
        String heads = Paint.plain(ListText.and(merge.content().heads(), NAMED));
        Written written = merge.written();
        Decided decided = merge.decided();
        return switch (merge.status()) {
            case OPEN -> written == null
                    ? merge.approved()
                            ? "The merge of %s is approved.".formatted(heads)
                            : "The merge of %s needs %s.".formatted(heads, missing())
                    : "%s brings %s together%s.".formatted(Paint.plain(written.revision()), heads,
                            merge.approved() ? "" : ", and was not approved");
            case REJECTED -> "%s rejected the merge of %s: %s".formatted(by(decided), heads, reason(decided));
            case WITHDRAWN -> "%s withdrew the merge of %s: %s".formatted(by(decided), heads, reason(decided));
            case APPLIED -> "The merge of %s is in every environment.".formatted(heads);
            case OBSOLETE -> "The merge of %s is over: its heads are gone, or it was proposed again.".formatted(heads);
        };
    }

    private static String by(@Nullable Decided decided) {
        return Paint.plain(Objects.requireNonNull(decided).by());
    }

    private static String reason(@Nullable Decided decided) {
        return Paint.plain(Objects.requireNonNull(decided).reason());
    }

    private String missing() {
        Set<String> people = merge.approvals().stream().filter(one -> one.expired() == null).map(Approval::by)
                .collect(Collectors.toSet());
        int more = merge.approvalsNeeded() - people.size();
        return more > 0
                ? Count.of(more, people.isEmpty() ? "approval" : "more approval")
                : "an approval of someone who did not propose it";
    }

    private List<String> how() {
        MergeContent content = merge.content();
        List<String> lines = new ArrayList<>();
        lines.add(LABELLED.formatted("they part at", content.parting().isEmpty()
                ? "no revision: they share none"
                : Paint.plain(ListText.and(content.parting(), NAMED))));
        if (content.way() == MergeWay.REPARENT) {
            List<String> heads = content.heads();
            String moved = Paint.plain(ListText.and(heads.subList(1, heads.size()), NAMED));
            lines.add(LABELLED.formatted("re-parent", "%s can follow %s, because %s ran nowhere.".formatted(moved,
                    Paint.plain(heads.getFirst()), heads.size() == 2 ? "it" : "they")));
            return lines;
        }
        List<Side> ran = content.sides().stream().filter(side -> !side.ranIn().isEmpty()).toList();
        lines.add(LABELLED.formatted("merge", !content.unplaced().isEmpty()
                ? "It is not known what ran in %s.".formatted(Paint.plain(ListText.and(content.unplaced(), NAMED)))
                : ran.size() > 1
                        ? Paint.plain(ListText.and(ran.stream().map(side -> "%s ran in %s".formatted(side.head(),
                                ListText.and(side.ranIn(), NAMED))).toList(), NAMED)) + "."
                        : "A new revision follows both."));
        return lines;
    }

    private List<String> side(Side side) {
        List<String> lines = new ArrayList<>();
        lines.add("%s  %s%s".formatted(Paint.plain(side.head()), Count.of(side.revisions().size(), "revision"),
                side.ranIn().isEmpty()
                        ? ", ran nowhere"
                        : ", ran in " + Paint.plain(ListText.and(side.ranIn(), NAMED))));
        side.revisions().stream().limit(MOST).forEach(one -> lines.add("  " + revision(one)));
        if (side.revisions().size() > MOST) {
            lines.add("  %d more".formatted(side.revisions().size() - MOST));
        }
        lines.add("  changes " + (side.changes().isEmpty()
                ? "nothing in the schema"
                : MessageText.objects(side.changes())));
        return lines;
    }

    private static String revision(SideRevision one) {
        String words = one.declared().message();
        String message = words == null ? "" : "  " + Paint.plain(words);
        List<Integer> unread = one.unreadLines();
        String how = unread == null
                ? " (cannot be read)"
                : !unread.isEmpty()
                        ? " (line %s cannot be read)".formatted(ListText.and(
                                unread.stream().map(String::valueOf).toList(), NAMED))
                        : one.dataOnly() ? " (changes rows only)" : "";
        return Paint.plain(one.id()) + message + how;
    }

    private boolean isReadable() {
        return merge.content().sides().stream().flatMap(side -> side.revisions().stream())
                .allMatch(one -> one.unreadLines() != null && one.unreadLines().isEmpty());
    }

    private void environments(List<String> lines) {
        List<MergeEnvironment> all = merge.environments();
        if (all == null || all.isEmpty()) {
            return;
        }
        int width = all.stream().limit(MOST).mapToInt(one -> one.environment().length()).max().orElse(0);
        lines.add("");
        lines.add("afterwards");
        all.stream().limit(MOST).forEach(one -> lines.add("  %s  %s".formatted(
                Paint.plain(one.environment()) + " ".repeat(width - one.environment().length()), meaning(one))));
        if (all.size() > MOST) {
            lines.add("  %d more; --output json has them.".formatted(all.size() - MOST));
        }
    }

    private static String meaning(MergeEnvironment environment) {
        List<String> steps = environment.steps();
        if (steps == null) {
            return "It is not known what ran there.";
        }
        List<String> has = environment.sides().stream()
                .filter(side -> side.standing() == Standing.APPLIED || side.standing() == Standing.STAMPED)
                .map(side -> side.standing() == Standing.STAMPED
                        ? side.head() + " (stamped, not run)"
                        : side.head())
                .toList();
        return Paint.plain("%s, would run %s".formatted(
                has.isEmpty() ? "has no side" : "has " + ListText.and(has, NAMED),
                steps.isEmpty() ? "nothing" : ListText.plain(steps, MOST)));
    }

    private void approvals(List<String> lines) {
        if (merge.approvals().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("approvals");
        merge.approvals().stream().limit(MOST).forEach(one -> lines.add("  %s  %s%s".formatted(
                second(one.at()), Paint.plain(one.by()), ended(one))));
    }

    private static String ended(Approval approval) {
        if (approval.expired() == null) {
            return approval.carried() == 0 ? "" : ", kept: only comments, formatting or messages changed";
        }
        return ", ended: " + switch (approval.expired()) {
            case CONTENT_CHANGED -> "what would be merged changed";
            case POLICY_CHANGED -> "another policy was applied";
            case ROLE_WITHDRAWN -> "is not an approver any more";
        };
    }

    private static List<String> changed(Change change) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("changed %s".formatted(second(change.at())));
        change.differences().stream().limit(MOST).forEach(one -> lines.add("  " + words(one)));
        return lines;
    }

    static String words(MergeDifference difference) {
        String revision = Paint.plain(Objects.requireNonNullElse(difference.revision(), ""));
        String before = Paint.plain(Objects.requireNonNullElse(difference.before(), ""));
        String after = Paint.plain(Objects.requireNonNullElse(difference.after(), ""));
        return switch (difference.kind()) {
            case REVISION_ADDED -> "%s is new".formatted(revision);
            case REVISION_REMOVED -> "%s is gone".formatted(revision);
            case REVISION_EDITED -> "%s does something else: file %.8s is %.8s now".formatted(revision, before, after);
            case PARENTS_CHANGED -> "%s follows %s instead of %s".formatted(revision,
                    after.isEmpty() ? "nothing" : after, before.isEmpty() ? "nothing" : before);
            case ORDER_CHANGED -> "the order is %s instead of %s".formatted(after, before);
            case WAY_CHANGED -> MergeWay.MERGE.name().equals(after)
                    ? "re-parenting is not possible any more, because both sides ran"
                    : "re-parenting is possible now";
        };
    }

    private void next(List<String> lines) {
        if (merge.status() == Status.OPEN && !merge.approved()) {
            lines.add("");
            lines.add("An approver runs 'migration-agent merge approve %s', or 'merge reject'.".formatted(
                    Paint.plain(merge.content().heads().getFirst())));
        } else if (merge.status() == Status.OPEN && merge.written() == null) {
            lines.add("");
            lines.add("'migration-agent merge write %s' writes it into the scripts."
                    .formatted(Paint.plain(merge.content().heads().getFirst())));
        }
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
