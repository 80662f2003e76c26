package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the rows say what the schema says. */
final class StampRepair {

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
                ("Only the version table is written: it says %s afterwards, which is what its rows mean. --purge empties it first, "
                        + "because Alembic cannot go on from the rows as they are.")
                        .formatted(MessageText.set(resolved)),
                Set.of());
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
                                MessageText.sets(elsewhere.candidates(), elsewhere.complete()))
                        : "of the rows, the schema confirms only %s".formatted(MessageText.set(chosen));
        return write(chosen, commands.stamp(chosen, purge),
                "Only the version table is written, no migration runs: %s%s.%s".formatted(match, assumed(chosen), purge
                        ? " --purge empties the table first, because Alembic would otherwise keep a wrong row, or refuse the rows as they are."
                        : ""),
                Set.of());
    }

    /** What it takes for the schema to match, besides what is known. */
    private String assumed(List<String> chosen) {
        Map<String, List<ObjectName>> byRevision = new TreeMap<>();
        for (Difference one : schema == null ? List.<Difference>of() : schema.differences().apply(chosen)) {
            if (one.excuse() != null) {
                byRevision.computeIfAbsent(one.excuse().revision(), any -> new ArrayList<>())
                        .add(one.discrepancy().object());
            }
        }
        return byRevision.entrySet().stream()
                .map(one -> ", if %s made %s".formatted(MessageText.id(one.getKey()),
                        one.getValue().size() > MessageText.MOST_NAMED
                                ? MessageText.count(one.getValue().size(), "object")
                                : MessageText.objects(one.getValue())))
                .collect(Collectors.joining());
    }

    /** Writes a set whose last missing objects the steps before have made. */
    boolean complete(List<String> set, Set<ObjectName> made) {
        return write(set, commands.stamp(set, true),
                "Only the version table is written: with the steps above, the schema is at %s."
                        .formatted(MessageText.set(set)),
                made);
    }

    /**
     * The only place that writes a stamp into a plan: none that passes over an object which its revisions surely leave and which is missing,
     * whatever may excuse that.
     *
     * @param made what earlier steps of the plan make
     * @return whether it is written; else the plan stops
     */
    private boolean write(List<String> target, String command, String why, Set<ObjectName> made) {
        List<Difference> missing = missing(target).stream()
                .filter(one -> !made.contains(one.discrepancy().object()))
                .toList();
        if (missing.isEmpty()) {
            draft.run(of, command, why, check(target));
            return true;
        }
        draft.stop(of,
                "No stamp is safe. Against %s: %s. Find out whether the revisions that make it ran here before you stamp or upgrade."
                        .formatted(MessageText.set(target), MessageText.missing(missing)),
                "Every object that the stamped revisions leave is there.");
        return false;
    }

    /** A revision passed over by the stamp never runs again, so that rows which it did not write would be missing for good. */
    private void askForRows(List<String> target, List<String> unseen) {
        draft.stop(of,
                "The schema matches %s and cannot show whether %s. Find that out. If so, run '%s'; if not, first run only the statements that write them."
                        .formatted(MessageText.set(target), MessageText.list(unseen),
                                commands.stamp(target, needsPurge(target))),
                "The rows are as the revisions leave them.");
    }

    private List<Difference> missing(List<String> target) {
        return schema == null ? List.of() : schema.missing(target);
    }

    /** Says what has to be found out before anything can be stamped. */
    void ask(Elsewhere elsewhere) {
        List<List<String>> possible = elsewhere.candidates().stream()
                .filter(candidate -> missing(candidate).isEmpty()).toList();
        List<String> choices = possible.stream()
                .limit(MessageText.MOST_NAMED)
                .map(candidate -> "'" + commands.stamp(candidate, needsPurge(candidate)) + "'")
                .toList();
        String reasons = new Differences(scripts).between(elsewhere.candidates());
        String which = choices.isEmpty()
                ? "each of them lacks something that its revisions make, such as %s".formatted(
                        MessageText.missing(missing(elsewhere.candidates().getFirst())))
                : "stamp that (%s)%s".formatted(String.join(" or ", choices),
                        possible.size() > choices.size() ? " or another of them" : "");
        List<String> unseen = writes.between(rows.resolved(), elsewhere.candidates().getFirst());
        draft.stop(of,
                "The schema matches %s and cannot say which%s. Find out how far this database came%s; %s. Look again before you upgrade: a wrong guess runs a revision twice or never."
                        .formatted(MessageText.sets(elsewhere.candidates(), elsewhere.complete()),
                                reasons.isEmpty() ? "" : ": " + reasons,
                                unseen.isEmpty() ? "" : ", and whether " + MessageText.list(unseen), which),
                "'%s' prints what was found out.".formatted(commands.current()));
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
