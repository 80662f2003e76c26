package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.graph.LongIds;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.repair.Repair.Draft;
import dev.migrationledger.core.situation.BranchComparison;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaAnalysis;
import dev.migrationledger.core.situation.SchemaLocator;
import dev.migrationledger.core.situation.VersionTableWidth;
import dev.migrationledger.core.upgrade.UpgradeFailure;
import dev.migrationledger.core.upgrade.UpgradePreview;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs what is still to run, where that is safe; merges unintended heads first. */
final class Upgrade {

    /** Revisions that a step names. */
    private static final int MOST_NAMED = 4;

    private final Observations seen;
    private final @Nullable SchemaAnalysis schema;
    private final @Nullable ResolvedRows rows;
    private final Commands commands;
    private final Draft draft;

    Upgrade(
            Observations seen, @Nullable SchemaAnalysis schema, @Nullable ResolvedRows rows, Commands commands,
            Draft draft) {
        this.seen = seen;
        this.schema = schema;
        this.rows = rows;
        this.commands = commands;
        this.draft = draft;
    }

    /** From these rows to the end of the history. */
    void from(ScriptsSeen scripts, List<String> stamped, Set<DivergenceCode> of) {
        RevisionGraph graph = scripts.graph();
        if (SchemaLocator.isDamaged(scripts)) {
            return;
        }
        boolean merged = mustMerge(scripts);
        if (merged && !merge(scripts)) {
            return;
        }
        UpgradePreview pending = UpgradePreview.of(scripts, seen.schema(), schema, seen.versionTable(), stamped,
                graph.realHeads());
        if (pending.revisions().isEmpty() && !merged) {
            return;
        }
        Integer width = VersionTableWidth.of(seen, rows, scripts);
        int holds = width == null ? LongIds.USUAL_WIDTH : width;
        String tooLong = pending.revisions().stream()
                .filter(id -> id.codePointCount(0, id.length()) > holds && !VersionTableWidth.fitsLater(seen, id))
                .findFirst().orElse(null);
        if (tooLong != null) {
            draft.stop(of,
                    "Widen version_num for %s, or shorten that id if no database has it. Then run '%s'."
                            .formatted(MessageText.id(tooLong), target(graph, merged)),
                    "The doctor no longer reports that id as too long.",
                    List.of(width == null
                            ? "The upgrade fails there unless env.py makes version_num wider than Alembic's %d characters."
                                    .formatted(holds)
                            : "The upgrade fails there, because version_num holds %d characters.".formatted(holds)));
            return;
        }
        UpgradeFailure failure = pending.failure();
        if (failure != null && failure.reason().isOfInvalidIndex()) {
            InvalidIndexRepair.drop(failure.object(), with(of, DivergenceCode.UPGRADE_FAILS), draft);
            draft.stop(with(of, DivergenceCode.UPGRADE_FAILS),
                    "Correct the rows that prevent the index, such as duplicates. Then run '%s'."
                            .formatted(target(graph, merged)),
                    "The rows fit into the index.", List.of(InvalidIndexRepair.NAMED_ROWS));
            return;
        }
        if (failure != null) {
            draft.stop(with(of, DivergenceCode.UPGRADE_FAILS),
                    failure.advice(), "The doctor no longer reports upgrade-fails.",
                    Stream.concat(Stream.of("Otherwise the upgrade fails: %s.".formatted(failure.what())),
                            failure.notes().stream()).toList());
            return;
        }
        if (pending.loss() != null) {
            draft.stop(of,
                    "The upgrade would lose data: %s. Save its data, or add it to the migrations."
                            .formatted(pending.loss()),
                    "It holds no data that is still needed.",
                    List.of("Then run '%s'.".formatted(target(graph, merged))));
            return;
        }
        List<String> ends = merged ? List.of() : List.copyOf(new TreeSet<>(graph.realHeads()));
        List<String> sentences = sentences(pending, merged);
        int first = Math.min(2, sentences.size());
        draft.run(of, target(graph, merged), String.join(" ", sentences.subList(0, first)),
                "'%s' prints %s.".formatted(commands.current(),
                        ends.isEmpty() ? "the merged revision, as the head" : MessageText.ids(ends)),
                sentences.subList(first, sentences.size()));
    }

    private static Set<DivergenceCode> with(Set<DivergenceCode> codes, DivergenceCode more) {
        Set<DivergenceCode> all = EnumSet.copyOf(codes);
        all.add(more);
        return all;
    }

    private String target(RevisionGraph graph, boolean merged) {
        return commands.upgrade(merged || graph.heads().size() == 1 ? "head" : "heads");
    }

    /** What it runs, and then what matters about that, what deletes data first. */
    private List<String> sentences(UpgradePreview pending, boolean merged) {
        List<String> sentences = new ArrayList<>();
        int number = pending.revisions().size();
        String runs = number == 0 ? "" : "Runs %s".formatted(revisions(pending.revisions()));
        String mergeRuns = merged
                ? (number == 0 ? "Runs the merge" : ", and the merge") + ", which changes nothing"
                : "";
        sentences.add(runs + mergeRuns + ".");
        int drops = pending.drops().size();
        if (drops == 1) {
            sentences.add("As written, %s, which deletes data.".formatted(pending.drops().getFirst()));
        } else if (drops > 1) {
            sentences.add("As written, %d drops delete data.".formatted(drops));
        }
        if (number > 0 && schema != null) {
            sentences.add(found(pending.skipped(), number));
        }
        if (!pending.unreadable().isEmpty()) {
            sentences.add("Some statements of %s cannot be read.".formatted(MessageText.ids(pending.unreadable())));
        }
        if (drops > 1) {
            pending.drops().stream().limit(MessageText.MOST_NAMED).forEach(drop -> sentences.add(drop + "."));
        }
        if (drops > MessageText.MOST_NAMED) {
            sentences.add("%d more drops delete data.".formatted(drops - MessageText.MOST_NAMED));
        }
        return sentences;
    }

    /** All of a few; of more the first and the last. */
    private static String revisions(List<String> revisions) {
        String count = Count.of(revisions.size(), "revision");
        return revisions.size() <= MOST_NAMED
                ? "%s: %s".formatted(count, MessageText.ids(revisions))
                : "%s, from %s to %s".formatted(count, MessageText.id(revisions.getFirst()),
                        MessageText.id(revisions.getLast()));
    }

    /** What of the objects that some pending revisions create exists. */
    private static String found(List<ObjectName> skipped, int revisions) {
        if (skipped.isEmpty()) {
            return "No object that %s known to create exists yet.".formatted(revisions == 1 ? "it is" : "they are");
        }
        return skipped.size() == 1
                ? "%s exists already: it is created only if missing."
                        .formatted(MessageText.upper(MessageText.object(skipped.getFirst())))
                : "%s exist already: they are created only if missing."
                        .formatted(MessageText.upper(MessageText.fewObjects(skipped)));
    }

    private static boolean mustMerge(ScriptsSeen scripts) {
        return scripts.problems(DivergenceCode.MULTIPLE_HEADS).stream()
                .anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    /** Merges the heads if they have to be, and may be without a decision which side comes first. */
    boolean merge(ScriptsSeen scripts) {
        if (!mustMerge(scripts) || SchemaLocator.isDamaged(scripts)) {
            return false;
        }
        List<String> heads = List.copyOf(new TreeSet<>(scripts.graph().heads()));
        BranchComparison sides = BranchComparison.of(scripts, heads, seen.schema());
        Set<DivergenceCode> of = EnumSet.of(DivergenceCode.MULTIPLE_HEADS, DivergenceCode.BEHIND_HEAD);
        if (!sides.shared().isEmpty()) {
            draft.stop(of,
                    "Decide which of the heads %s comes first, and write that into the files or the merge."
                            .formatted(MessageText.few(heads)),
                    "'%s' prints one revision.".formatted(commands.heads()),
                    List.of("More than one branch changes %s.".formatted(MessageText.objects(sides.shared())),
                            "'%s' alone leaves the order to chance.".formatted(commands.merge(heads))));
            return false;
        }
        draft.run(of, commands.merge(heads), ScriptRepairs.MERGE,
                "'%s' prints one revision.".formatted(commands.heads()),
                List.of(sides.areReadable()
                        ? "No object is changed on more than one branch."
                        : "No object is known to be changed on more than one branch, but some statements cannot be read.",
                        "Have the file reviewed before you use it."));
        return true;
    }
}
