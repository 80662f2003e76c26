package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionGraph;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.rules.Place.Elsewhere;
import dev.migrationledger.contracts.rules.Repair.Draft;
import java.util.List;
import java.util.Set;

/** Makes the rows say what the schema says. */
final class Stamping {

    private final ScriptsSeen scripts;
    private final Rows rows;
    private final Commands commands;
    private final Draft draft;
    private final Set<DivergenceCode> of;

    Stamping(ScriptsSeen scripts, Rows rows, Commands commands, Draft draft, Set<DivergenceCode> of) {
        this.scripts = scripts;
        this.rows = rows;
        this.commands = commands;
        this.draft = draft;
        this.of = of;
    }

    /** Writes down again, in exact ids and each once, what the rows amount to. */
    void anew(List<String> meant) {
        draft.run(of, commands.stamp(meant, true),
                ("The version table alone is written: it says %s afterwards, which is what its rows amount to. --purge empties it first, "
                        + "because Alembic cannot go on from the rows as they are.")
                        .formatted(Words.set(meant)),
                check(meant));
    }

    /** Writes down what the schema matches. */
    void to(List<String> chosen, Elsewhere elsewhere) {
        boolean purge = needsPurge(chosen);
        String match = elsewhere.complete() && elsewhere.candidates().size() == 1
                ? "the schema matches %s and nothing else".formatted(Words.set(chosen))
                : rows.overlapping().isEmpty()
                        ? "the schema matches %s, and revisions that do nothing lie between these".formatted(
                                Words.sets(elsewhere.candidates(), elsewhere.complete()))
                        : "of the rows, the schema bears out %s and no other".formatted(Words.set(chosen));
        draft.run(of, commands.stamp(chosen, purge),
                "The version table alone is written, no migration runs: %s.%s".formatted(match, purge
                        ? " --purge empties the table first, because Alembic would otherwise keep a row that is not meant, or refuse the rows as they are."
                        : ""),
                check(chosen));
    }

    /** Says what has to be found out before anything can be written down. */
    void ask(Elsewhere elsewhere) {
        List<String> choices = elsewhere.candidates().stream()
                .limit(Words.MOST_NAMED)
                .map(candidate -> "'" + commands.stamp(candidate, needsPurge(candidate)) + "'")
                .toList();
        String reasons = new Differences(scripts).between(elsewhere.candidates());
        draft.stop(of,
                ("The schema matches %s and cannot say which%s. Find out how far this database came, stamp that (%s)%s, and look again before "
                        + "anything is upgraded: a wrong guess runs a revision twice or never.")
                        .formatted(Words.sets(elsewhere.candidates(), elsewhere.complete()),
                                reasons.isEmpty() ? "" : ": " + reasons,
                                String.join(" or ", choices),
                                elsewhere.candidates().size() > choices.size() ? " or another of them" : ""),
                "'%s' prints what was found out.".formatted(commands.current()));
    }

    private String check(List<String> stamped) {
        return stamped.isEmpty()
                ? "'%s' prints no revision.".formatted(commands.current())
                : "'%s' prints %s.".formatted(commands.current(), Words.ids(stamped));
    }

    /**
     * Without purging, Alembic moves along a line only: a row beside the line stays, and a side of a merge is dropped without
     * a word.
     */
    private boolean needsPurge(List<String> target) {
        if (!rows.areThere()) {
            return false;
        }
        return !rows.areClean() || rows.meant().size() > 1 || target.size() > 1
                || !isOneLine(target, rows.meant());
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
