package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.SchemaEvidence.Difference;
import dev.migrationledger.core.repair.Repair.Draft;
import dev.migrationledger.core.situation.Differences;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.SchemaAnalysis;
import dev.migrationledger.core.situation.SchemaPosition.Elsewhere;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the rows say what the schema says. */
final class StampRepair {

    private static final String PURGE = "--purge empties the table first. Without it, Alembic may keep a wrong row or fail.";

    private final ScriptsSeen scripts;
    private final @Nullable SchemaAnalysis schema;
    private final ResolvedRows rows;
    private final Commands commands;
    private final Draft draft;
    private final Set<DivergenceCode> of;
    private final UnseenWrites writes;

    StampRepair(
            ScriptsSeen scripts, @Nullable SchemaAnalysis schema, ResolvedRows rows, Commands commands, Draft draft,
            Set<DivergenceCode> of, UnseenWrites writes) {
        this.scripts = scripts;
        this.schema = schema;
        this.rows = rows;
        this.commands = commands;
        this.draft = draft;
        this.of = of;
        this.writes = writes;
    }

    /** Writes the rows again, in exact ids and each once. */
    boolean rewrite(List<String> resolved) {
        return write(resolved, commands.stamp(resolved, true),
                "Writes only the version table: it replaces the rows with %s, which says the same."
                        .formatted(MessageText.set(resolved)),
                List.of(PURGE), Set.of());
    }

    /** Writes what the schema matches. */
    boolean to(List<String> chosen, Elsewhere elsewhere) {
        boolean purge = needsPurge(chosen);
        List<String> unseen = writes.between(rows.resolved(), chosen);
        if (!unseen.isEmpty() && missing(chosen).isEmpty()) {
            askForRows(chosen, unseen);
            return false;
        }
        String match = elsewhere.complete() && elsewhere.candidates().size() == 1
                ? "the schema matches %s and nothing else".formatted(MessageText.set(chosen))
                : rows.overlapping().isEmpty()
                        ? "the schema matches %s, and the revisions between them do nothing".formatted(
                                MessageText.fewSets(elsewhere.candidates(), elsewhere.complete()))
                        : "the schema confirms only the row %s".formatted(MessageText.set(chosen));
        List<String> details = new ArrayList<>(assumed(chosen));
        if (purge) {
            details.add(PURGE);
        }
        return write(chosen, commands.stamp(chosen, purge),
                "Writes only the version table and runs no migration: %s.".formatted(match), details, Set.of());
    }

    /** What it takes for the schema to match, besides what is known. */
    private List<String> assumed(List<String> chosen) {
        Map<String, List<ObjectName>> byRevision = new TreeMap<>();
        for (Difference one : schema == null ? List.<Difference>of() : schema.differences().apply(chosen)) {
            if (one.excuse() != null) {
                byRevision.computeIfAbsent(one.excuse().revision(), any -> new ArrayList<>())
                        .add(one.discrepancy().object());
            }
        }
        return byRevision.entrySet().stream()
                .map(one -> "This assumes that %s created %s.".formatted(MessageText.id(one.getKey()),
                        one.getValue().size() > MessageText.MOST_NAMED
                                ? Count.of(one.getValue().size(), "object")
                                : MessageText.objects(one.getValue())))
                .toList();
    }

    /** Writes a set whose last missing objects the steps before have made. */
    boolean complete(List<String> set, Set<ObjectName> made) {
        return write(set, commands.stamp(set, true),
                "Writes only the version table: after the steps above, the schema is at %s."
                        .formatted(MessageText.set(set)),
                List.of(), made);
    }

    /**
     * The only place that writes a stamp into a plan: none that passes over an object which its revisions surely leave and which is missing,
     * whatever may excuse that.
     *
     * @param made what earlier steps of the plan make
     * @return whether it is written; else the plan stops
     */
    private boolean write(
            List<String> target, String command, String why, List<String> details, Set<ObjectName> made) {
        List<Difference> missing = missing(target).stream()
                .filter(one -> !made.contains(one.discrepancy().object()))
                .toList();
        if (missing.isEmpty()) {
            draft.run(of, command, why, check(target), details);
            return true;
        }
        draft.stop(of,
                "Find out which revisions ran here before you stamp or upgrade. No stamp is safe, because objects of %s are missing."
                        .formatted(MessageText.set(target)),
                "Every object that the stamped revisions create exists.",
                missing.stream().limit(MessageText.MOST_NAMED)
                        .map(one -> "Contradicts %s: %s.".formatted(MessageText.set(target), MessageText.excused(one)))
                        .toList());
        return false;
    }

    /** A revision passed over by the stamp never runs again, so that rows which it did not write would be missing for good. */
    private void askForRows(List<String> target, List<String> unseen) {
        List<String> details = new ArrayList<>();
        details.add("The schema matches %s, but it cannot show rows.".formatted(MessageText.set(target)));
        if (unseen.size() > 1) {
            unseen.stream().limit(MessageText.MOST_NAMED)
                    .forEach(one -> details.add("Find out whether %s.".formatted(one)));
        }
        draft.stop(of,
                "Find out whether %s. If so, run '%s'; if not, first run only the statements that write them."
                        .formatted(unseen.size() == 1
                                ? unseen.getFirst()
                                : "%d revisions wrote their rows".formatted(unseen.size()),
                                commands.stamp(target, needsPurge(target))),
                "The rows match what the revisions write.", details);
    }

    private List<Difference> missing(List<String> target) {
        return schema == null ? List.of() : schema.missing(target);
    }

    /** Says what has to be found out before anything can be stamped. */
    void ask(Elsewhere elsewhere) {
        List<List<String>> possible = elsewhere.candidates().stream()
                .filter(candidate -> missing(candidate).isEmpty()).toList();
        List<String> choices = ListText.quoted(possible.stream()
                .limit(MessageText.MOST_NAMED)
                .map(candidate -> commands.stamp(candidate, needsPurge(candidate)))
                .toList());
        List<String> details = new ArrayList<>();
        String reasons = new Differences(scripts).between(elsewhere.candidates());
        if (!reasons.isEmpty()) {
            details.add(reasons + ".");
        }
        writes.between(rows.resolved(), elsewhere.candidates().getFirst()).stream().limit(MessageText.MOST_NAMED)
                .forEach(one -> details.add("Find out, too, whether %s.".formatted(one)));
        details.add(choices.isEmpty()
                ? "Each of them lacks something that its revisions create, such as: %s.".formatted(
                        MessageText.missing(missing(elsewhere.candidates().getFirst())))
                : "To stamp, run %s%s.".formatted(ListText.or(choices),
                        possible.size() > choices.size() ? ", or the same with another of them" : ""));
        details.add("A wrong guess makes a revision run twice or never: check again before you upgrade.");
        draft.stop(of,
                "Find out which revision ran last here%s. The schema looks the same after %s.".formatted(
                        choices.isEmpty() ? "" : ", and stamp it",
                        MessageText.fewSets(elsewhere.candidates(), elsewhere.complete())),
                "'%s' prints the revision that ran last.".formatted(commands.current()), details);
    }

    private String check(List<String> stamped) {
        return stamped.isEmpty()
                ? "'%s' prints no revision.".formatted(commands.current())
                : "'%s' prints %s.".formatted(commands.current(), MessageText.ids(stamped));
    }

    /**
     * Without purging, Alembic moves along a line only: a row beside the line stays, and a side of a merge is dropped without
     * a word.
     */
    private boolean needsPurge(List<String> target) {
        if (!rows.areThere()) {
            return false;
        }
        return !rows.areClean() || rows.resolved().size() > 1 || target.size() > 1
                || !isOneLine(target, rows.resolved());
    }

    private boolean isOneLine(List<String> one, List<String> other) {
        RevisionGraph graph = scripts.graph();
        List<String> up = graph.upgradePath(one, other);
        List<String> down = graph.upgradePath(other, one);
        return (up.isEmpty() || down.isEmpty())
                && up.stream().allMatch(this::hasOneParentAtMost)
                && down.stream().allMatch(this::hasOneParentAtMost);
    }

    private boolean hasOneParentAtMost(String id) {
        Revision revision = scripts.graph().find(id).orElse(null);
        return revision != null && revision.parents().size() <= 1 && revision.dependsOn().isEmpty();
    }
}
