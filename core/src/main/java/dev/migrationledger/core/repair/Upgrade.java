package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectName;
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
import org.jspecify.annotations.Nullable;

/** Runs what is still to run, where that is safe; with heads that nobody meant to be several, merges them first. */
final class Upgrade {

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
                    "The upgrade fails at %s%s. Widen version_num to hold it, or, if no database has that id, shorten it. Then run '%s'."
                            .formatted(MessageText.id(tooLong),
                                    width == null
                                            ? ", unless env.py makes version_num wider than Alembic's %d characters"
                                                    .formatted(holds)
                                            : ": version_num holds %d characters".formatted(holds),
                                    target(graph, merged)),
                    "No id is reported as too long.");
            return;
        }
        UpgradeFailure failure = pending.failure();
        if (failure != null && failure.reason().isOfInvalidIndex()) {
            InvalidIndexRepair.drop(failure.object(), with(of, DivergenceCode.UPGRADE_FAILS), draft);
            draft.stop(with(of, DivergenceCode.UPGRADE_FAILS),
                    "Change the rows that stopped the index, such as duplicates; PostgreSQL named them when it failed. Then run '%s'."
                            .formatted(target(graph, merged)),
                    "The rows would fit into the index.");
            return;
        }
        if (failure != null) {
            draft.stop(with(of, DivergenceCode.UPGRADE_FAILS),
                    "The upgrade would fail: %s. %s".formatted(failure.what(), failure.advice()),
                    "The doctor no longer reports upgrade-fails.");
            return;
        }
        if (pending.loss() != null) {
            draft.stop(of,
                    "The upgrade would lose data: %s. Save what it holds, or have it taken into the migrations, before you run '%s'."
                            .formatted(pending.loss(), target(graph, merged)),
                    "It holds nothing that anybody still needs.");
            return;
        }
        List<String> ends = merged ? List.of() : List.copyOf(new TreeSet<>(graph.realHeads()));
        draft.run(of, target(graph, merged), why(pending, merged),
                "'%s' prints %s.".formatted(commands.current(),
                        ends.isEmpty() ? "the merged revision, as the head" : MessageText.ids(ends)));
    }

    private static Set<DivergenceCode> with(Set<DivergenceCode> codes, DivergenceCode more) {
        Set<DivergenceCode> all = EnumSet.copyOf(codes);
        all.add(more);
        return all;
    }

    private String target(RevisionGraph graph, boolean merged) {
        return commands.upgrade(merged || graph.heads().size() == 1 ? "head" : "heads");
    }

    private String why(UpgradePreview pending, boolean merged) {
        List<String> said = new ArrayList<>();
        int number = pending.revisions().size();
        String runs = number == 0
                ? ""
                : "It runs %s: %s".formatted(MessageText.count(number, "revision"),
                        MessageText.ids(pending.revisions()));
        String mergeRuns = merged
                ? (number == 0 ? "It runs the merge" : ", and the merge") + ", which changes nothing"
                : "";
        said.add(runs + mergeRuns + ".");
        if (number > 0 && schema != null) {
            said.add(found(pending.skipped(), number));
        }
        if (!pending.drops().isEmpty()) {
            said.add("As written, %s. That deletes data.".formatted(MessageText.list(pending.drops())));
        }
        if (!pending.unreadable().isEmpty()) {
            said.add("The %s of %s cannot be read completely.".formatted(
                    pending.unreadable().size() == 1 ? "file" : "files", MessageText.ids(pending.unreadable())));
        }
        return String.join(" ", said);
    }

    /** What of the objects that some pending revisions create is there. */
    private static String found(List<ObjectName> skipped, int revisions) {
        String are = skipped.size() == 1 ? "is" : "are";
        return skipped.isEmpty()
                ? "Nothing that %s known to create is there yet.".formatted(revisions == 1 ? "it is" : "they are")
                : "%s %s there already, and %s created only if missing."
                        .formatted(MessageText.upper(MessageText.objects(skipped)), are, are);
    }

    private static boolean mustMerge(ScriptsSeen scripts) {
        return scripts.problems().stream().anyMatch(problem -> problem.code() == DivergenceCode.MULTIPLE_HEADS
                && problem.severity() == Severity.ERROR);
    }

    /** Merges the heads if they have to be, and may be without anybody deciding which side comes first. */
    boolean merge(ScriptsSeen scripts) {
        if (!mustMerge(scripts) || SchemaLocator.isDamaged(scripts)) {
            return false;
        }
        List<String> heads = List.copyOf(new TreeSet<>(scripts.graph().heads()));
        BranchComparison sides = BranchComparison.of(scripts, heads, seen.schema());
        Set<DivergenceCode> of = EnumSet.of(DivergenceCode.MULTIPLE_HEADS, DivergenceCode.BEHIND_HEAD);
        if (!sides.shared().isEmpty()) {
            draft.stop(of,
                    "The heads %s both change %s. Decide which comes first, and write that into the files or the merge: '%s' alone leaves it to chance."
                            .formatted(MessageText.ids(heads), MessageText.objects(sides.shared()),
                                    commands.merge(heads)),
                    "'%s' prints one revision.".formatted(commands.heads()));
            return false;
        }
        draft.run(of, commands.merge(heads),
                "It writes one new revision file with these parents and an empty upgrade; no database changes until it is run. %s Have the file reviewed before it is used anywhere."
                        .formatted(sides.areReadable()
                                ? "No object is changed on more than one side."
                                : "No object is known to be changed on more than one side, but not all that they do can be read."),
                "'%s' prints one revision.".formatted(commands.heads()));
        return true;
    }
}
