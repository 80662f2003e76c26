package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.merge.MergeAuthorship;
import dev.migrationledger.core.merge.MergeSentences;
import dev.migrationledger.core.merge.RehearsalSentences;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A merge in words and as a drawing.
 *
 * @param tone of the headline, a class of the style sheet
 * @param drawings the same for screens and for phones; the style sheet shows one of them
 * @param next what an approver types; empty: nothing
 * @param authors who wrote which revisions
 * @param whoMay who may still approve it; empty: everyone who approves, or it does not wait
 * @param rehearsal the ways that the last rehearsal tried; none: what would be merged now was not rehearsed
 * @param moreEnvironments how many are left out
 * @param history what happened to it, the newest first
 * @param audit everything that happened to it
 * @param address of the merge for programs, with all of it
 */
public record MergePage(
        String project, String headline, String tone, String next, List<MergeDrawing> drawings, String parting,
        String wayName,
        String way, String shared, String authors, String whoMay, List<SidePart> sides,
        List<EnvironmentPart> environments, int moreEnvironments, List<RunPart> rehearsal, List<Event> history,
        String audit, String address) {

    private static final int MOST = 50;

    public MergePage {
        drawings = List.copyOf(drawings);
        sides = List.copyOf(sides);
        environments = List.copyOf(environments);
        rehearsal = List.copyOf(rehearsal);
        history = List.copyOf(history);
    }

    /**
     * What one side does.
     *
     * @param id within the page
     * @param all how many revisions it has
     */
    public record SidePart(
            String id, String head, String summary, String changes, List<RevisionPart> revisions, int all) {
        public SidePart {
            revisions = List.copyOf(revisions);
        }
    }

    /**
     * A revision.
     *
     * @param note what cannot be seen or read; empty: nothing
     */
    public record RevisionPart(String id, String message, String note) {}

    /** What one environment has, and would run. */
    public record EnvironmentPart(String name, String sentence) {}

    /** One way that was rehearsed, how it ended, and why it did not end well. */
    public record RunPart(String way, String outcome, List<String> details) {
        public RunPart {
            details = List.copyOf(details);
        }
    }

    /** What happened once. */
    public record Event(Instant when, PageTime at, String sentence) {}

    static MergePage of(MergeProposal merge) {
        MergeContent content = merge.content();
        List<MergeEnvironment> environments = Objects.requireNonNullElse(merge.environments(), List.of());
        return new MergePage(merge.project(), Redaction.of(MergeSentences.headline(merge)), tone(merge), next(merge),
                List.of(MergeDrawing.wide(content), MergeDrawing.tall(content)), MergeSentences.parting(content),
                content.way() == MergeWay.MERGE ? "Merge" : "Re-parent", MergeSentences.way(content),
                MergeSentences.shared(content), MergeAuthorship.authors(merge), MergeAuthorship.whoMay(merge),
                IntStream.range(0, content.sides().size()).mapToObj(at -> side(content, at)).toList(),
                environments.stream().limit(MOST)
                        .map(one -> new EnvironmentPart(one.environment(), MergeSentences.environment(one))).toList(),
                Math.max(0, environments.size() - MOST), rehearsal(merge), history(merge).stream().limit(MOST).toList(),
                PageAddress.audit("id:" + merge.merge()),
                "/api/v1/projects/%s/merges/%s".formatted(merge.project(), merge.merge()));
    }

    private static String tone(MergeProposal merge) {
        return merge.status() == Status.APPLIED || (merge.status() == Status.OPEN && merge.approved())
                ? "good"
                : merge.status() == Status.OPEN ? "due" : "quiet";
    }

    private static String next(MergeProposal merge) {
        String head = merge.content().heads().getFirst();
        return merge.status() != Status.OPEN
                ? ""
                : !merge.approved()
                        ? merge.isOnlyUnrehearsed()
                                ? "migration-agent merge rehearse %s --database URL".formatted(head)
                                : "migration-agent merge approve " + head
                        : merge.written() == null ? "migration-agent merge write " + head : "";
    }

    private static SidePart side(MergeContent content, int at) {
        MergeContent.Side side = content.sides().get(at);
        return new SidePart(MergeDrawing.sideId(at), side.head(), MergeSentences.side(content, side),
                MergeSentences.changes(side),
                side.revisions().stream().limit(MOST).map(one -> new RevisionPart(one.id(),
                        Objects.requireNonNullElse(one.declared().message(), ""), MergeSentences.note(one))).toList(),
                side.revisions().size());
    }

    private static List<RunPart> rehearsal(MergeProposal merge) {
        return merge.rehearsals().stream().filter(one -> one.since().isEmpty()).limit(1)
                .flatMap(one -> one.rehearsal().runs().stream())
                .map(run -> new RunPart(RehearsalSentences.way(run), RehearsalSentences.outcome(run),
                        RehearsalSentences.details(run).stream().map(Redaction::of).toList()))
                .toList();
    }

    private static List<Event> history(MergeProposal merge) {
        List<Event> events = new ArrayList<>();
        String by = merge.proposedBy();
        events.add(event(merge.proposedAt(), (by == null ? "The ledger" : by) + " proposed it."));
        merge.changes().forEach(change -> change.differences().forEach(one -> events.add(event(change.at(),
                "It changed: %s.".formatted(MergeSentences.difference(one))))));
        merge.approvals().forEach(one -> {
            String limit = MergeAuthorship.limit(merge, one);
            String comment = one.comment();
            events.add(event(one.at(), "%s approved it%s%s".formatted(one.by(),
                    limit.isEmpty() ? "" : ", but " + limit, comment == null ? "." : ": " + Redaction.of(comment))));
            Instant ended = one.expiredAt();
            if (ended != null) {
                events.add(event(ended, "The approval of %s %s.".formatted(one.by(), MergeSentences.approval(one))));
            }
        });
        merge.rehearsals().forEach(one -> events.add(event(one.at(), "%s rehearsed it: %s".formatted(one.by(),
                Redaction.of(RehearsalSentences.rehearsed(one))))));
        Stream.ofNullable(merge.decided()).forEach(it -> events.add(event(it.at(), "%s %s it: %s".formatted(it.by(),
                merge.status() == Status.WITHDRAWN ? "withdrew" : "rejected", Redaction.of(it.reason())))));
        Stream.ofNullable(merge.written()).forEach(it -> events.add(event(it.at(),
                "%s brought the heads together%s.".formatted(it.revision(),
                        it.asProposed() ? "" : ", with more than was proposed"))));
        merge.applied().forEach(it -> events.add(event(it.at(), "%s has it%s.".formatted(it.environment(),
                it.approved() ? "" : ", without approval"))));
        return events.stream().sorted(Comparator.comparing(Event::when).reversed()).toList();
    }

    private static Event event(Instant at, String sentence) {
        return new Event(at, PageTime.exactly(at), sentence);
    }
}
