package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeProposal.Change;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal.Written;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.merge.MergeAuthorship;
import dev.migrationledger.core.merge.MergeSentences;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
            String ended = MergeSentences.ended(one);
            if (!ended.isEmpty()) {
                lines.add("             " + Paint.plain(ended));
            }
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
        MergeContent content = merge.content();
        List<String> lines = new ArrayList<>();
        lines.add(first());
        lines.add("id %s".formatted(merge.merge()));
        lines.add("");
        lines.add(LABELLED.formatted("they part at", Paint.plain(MergeSentences.parting(content))));
        lines.add(LABELLED.formatted(content.way() == MergeWay.MERGE ? "merge" : "re-parent",
                Paint.plain(MergeSentences.way(content))));
        content.sides().forEach(side -> {
            lines.add("");
            lines.addAll(side(content, side));
        });
        lines.add("");
        lines.add(LABELLED.formatted("both change", MergeSentences.shared(content)));
        lines.add(LABELLED.formatted("authors", Paint.plain(MergeAuthorship.authors(merge))));
        environments(lines);
        approvals(lines);
        lines.addAll(RehearsalText.ofMerge(merge));
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
        return Paint.plain(MergeSentences.headline(merge));
    }

    private static List<String> side(MergeContent content, Side side) {
        List<String> lines = new ArrayList<>();
        lines.add(Paint.plain("%s  %s".formatted(side.head(), MergeSentences.side(content, side))));
        side.revisions().stream().limit(MOST).forEach(one -> lines.add("  " + revision(one)));
        if (side.revisions().size() > MOST) {
            lines.add("  %d more".formatted(side.revisions().size() - MOST));
        }
        lines.add("  changes " + MergeSentences.changes(side));
        return lines;
    }

    private static String revision(SideRevision one) {
        String message = one.declared().message();
        String note = MergeSentences.note(one);
        return Paint.plain(one.id() + (message == null ? "" : "  " + message)
                + (note.isEmpty() ? "" : " (" + note + ")"));
    }

    private void environments(List<String> lines) {
        List<MergeEnvironment> all = merge.environments();
        if (all == null || all.isEmpty()) {
            return;
        }
        int width = all.stream().limit(MOST).mapToInt(one -> one.environment().length()).max().orElse(0);
        lines.add("");
        lines.add("afterwards");
        all.stream().limit(MOST).forEach(one -> lines.add(Paint.plain("  %s  %s".formatted(
                one.environment() + " ".repeat(width - one.environment().length()),
                MergeSentences.environment(one)))));
        if (all.size() > MOST) {
            lines.add("  %d more; --output json has them.".formatted(all.size() - MOST));
        }
    }

    private void approvals(List<String> lines) {
        if (merge.approvals().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("approvals");
        merge.approvals().stream().limit(MOST).forEach(one -> {
            String ended = ListText.plain(Stream.of(MergeSentences.approval(one), MergeAuthorship.limit(merge, one))
                    .filter(it -> !it.isEmpty()).toList());
            lines.add(Paint.plain("  %s  %s%s".formatted(second(one.at()), one.by(),
                    ended.isEmpty() ? "" : ", " + ended)));
            if (one.comment() != null) {
                lines.add(Paint.plain("  %20s  %s".formatted("", one.comment())));
            }
        });
    }

    private static List<String> changed(Change change) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("changed %s".formatted(second(change.at())));
        change.differences().stream().limit(MOST)
                .forEach(one -> lines.add("  " + Paint.plain(MergeSentences.difference(one))));
        return lines;
    }

    private void next(List<String> lines) {
        String head = Paint.plain(merge.content().heads().getFirst());
        if (isWaiting(merge)) {
            lines.add("");
            Stream.of(MergeAuthorship.whoMay(merge)).filter(one -> !one.isEmpty()).map(Paint::plain)
                    .forEach(lines::add);
            if (!merge.isOnlyUnrehearsed()) {
                lines.add("An approver runs 'migration-agent merge approve %s', or 'merge reject'.".formatted(head));
            }
            if (merge.rehearsalNeeded() && !merge.isRehearsed()) {
                lines.add("'migration-agent merge rehearse %s --database URL' rehearses it.".formatted(head));
            }
        } else if (merge.status() == Status.OPEN && merge.written() == null) {
            lines.add("");
            lines.add("'migration-agent merge write %s' writes it into the scripts.".formatted(head));
        }
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
