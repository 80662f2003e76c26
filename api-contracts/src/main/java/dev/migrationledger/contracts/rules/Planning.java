package dev.migrationledger.contracts.rules;

import static dev.migrationledger.contracts.diagnosis.DivergenceCode.BEHIND_HEAD;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.DUPLICATE_ROW;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.INEXACT_REVISION;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.MERGE_SIBLING_SKIPPED;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.MULTIPLE_HEADS;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.OVERLAPPING_REVISIONS;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_AHEAD_OF_STAMP;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_HOLE;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.STAMPED_AHEAD_OF_SCHEMA;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.STAMPED_NOT_RUN;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.UNKNOWN_REVISION;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.VERSION_TABLE_EMPTY;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.VERSION_TABLE_MISSING;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.rules.Observations.SchemaSeen;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.rules.Place.Confirmed;
import dev.migrationledger.contracts.rules.Place.Elsewhere;
import dev.migrationledger.contracts.rules.Place.Hole;
import dev.migrationledger.contracts.rules.Place.Unknown;
import dev.migrationledger.contracts.rules.Repair.Draft;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Thinks of the smallest plan that ends healthy: scripts that stop every command come first, then the rows are made to say what
 * the schema says, then what is still to run runs. It stops where a person has to decide.
 */
final class Planning {

    /** Whatever is wrong with the rows. */
    private static final Set<DivergenceCode> ROWS = EnumSet.of(VERSION_TABLE_MISSING, VERSION_TABLE_EMPTY,
            INEXACT_REVISION, OVERLAPPING_REVISIONS, DUPLICATE_ROW, MERGE_SIBLING_SKIPPED, SCHEMA_AHEAD_OF_STAMP,
            STAMPED_AHEAD_OF_SCHEMA);

    /** What the upgrade at the end repairs, or completes the repair of. */
    private static final Set<DivergenceCode> LAST = EnumSet.of(BEHIND_HEAD, MULTIPLE_HEADS, VERSION_TABLE_MISSING,
            VERSION_TABLE_EMPTY, INEXACT_REVISION, OVERLAPPING_REVISIONS, DUPLICATE_ROW, MERGE_SIBLING_SKIPPED,
            SCHEMA_AHEAD_OF_STAMP, STAMPED_AHEAD_OF_SCHEMA);

    private final Observations seen;
    private final @Nullable SchemaSays schema;
    private final @Nullable Rows rows;
    private final Place place;
    private final Commands commands;
    private final Draft draft = new Draft();

    Planning(Observations seen, @Nullable SchemaSays schema, @Nullable Rows rows, Place place) {
        this.seen = seen;
        this.schema = schema;
        this.rows = rows;
        this.place = place;
        this.commands = new Commands(seen.tool());
    }

    Repair repair() {
        ScriptsSeen scripts = seen.scripts();
        if (scripts == null) {
            return draft.done();
        }
        brokenScripts(scripts);
        if (rows == null) {
            new Upgrade(seen, schema, rows, commands, draft).merge(scripts);
            return draft.done();
        }
        if (!rows.areUnderstood()) {
            bringBack(rows);
            return draft.done();
        }
        Stamping stamping = new Stamping(scripts, rows, commands, draft, ROWS);
        Upgrade upgrade = new Upgrade(seen, schema, rows, commands, draft);
        switch (place) {
            case Unknown() -> unseen(scripts, rows, stamping, upgrade);
            case Confirmed _ when !rows.areThere() && schema != null && !schema.perhapsMade().isEmpty() ->
                perhapsNew(schema);
            case Confirmed(List<String> stamped) -> {
                if (!rows.areClean()) {
                    stamping.anew(stamped);
                }
                upgrade.from(scripts, stamped, LAST);
                neverRun(StampedNotRun.revisions(seen, schema, stamped));
            }
            case Elsewhere elsewhere -> {
                List<String> chosen = elsewhere.chosen();
                if (chosen == null) {
                    stamping.ask(elsewhere);
                } else {
                    stamping.to(chosen, elsewhere);
                    upgrade.from(scripts, chosen, LAST);
                }
            }
            case Hole hole -> hole(scripts, rows, hole, stamping, upgrade);
        }
        return draft.done();
    }

    private void perhapsNew(SchemaSays says) {
        String choices = says.physical().candidates().stream()
                .filter(candidate -> !candidate.isEmpty())
                .limit(Words.MOST_NAMED)
                .map(candidate -> "'" + commands.stamp(candidate, false) + "'")
                .collect(Collectors.joining(" or "));
        draft.stop(LAST,
                "Find out which revisions ran here, if any: an upgrade would run all of them, and what they do cannot be read. %s"
                        .formatted(choices.isEmpty()
                                ? "If none did, upgrade."
                                : "If some did, stamp the last (" + choices + "); if none did, upgrade."),
                "'%s' prints what was found out.".formatted(commands.current()));
    }

    private void neverRun(List<String> stamped) {
        if (!stamped.isEmpty()) {
            draft.stop(EnumSet.of(STAMPED_NOT_RUN),
                    "Look whether what %s does was done. Its files tell what that is; no command is safe, because running it again where it was done may change rows twice."
                            .formatted(Words.ids(stamped)),
                    "The rows are as it leaves them.");
        }
    }

    /** Alembic stops at these before it looks at any database. */
    private void brokenScripts(ScriptsSeen scripts) {
        List<Finding> broken = scripts.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR && problem.code() != MULTIPLE_HEADS)
                .toList();
        for (Finding problem : broken) {
            if (problem.plan().isEmpty()) {
                draft.add(Set.of(problem.code()), new PlanStep(null, problem.message(),
                        "'%s' prints the head.".formatted(commands.heads())));
            } else {
                problem.plan().forEach(step -> draft.add(Set.of(problem.code()), step));
            }
        }
        if (!broken.isEmpty()) {
            draft.end();
        }
    }

    private void bringBack(Rows understood) {
        understood.unknown().keySet().forEach(row -> draft.stop(EnumSet.of(UNKNOWN_REVISION),
                ("Bring back the file of revision %s, from version control or from the image that applied it: what it did, and where "
                        + "it stands in the history, is written nowhere else, so any stamp would be a guess.%s")
                        .formatted(Words.id(row), ifItIsGone()),
                "'%s' prints it instead of \"Can't locate revision\".".formatted(commands.current())));
        understood.inexact().forEach((row, meaning) -> draft.stop(EnumSet.of(INEXACT_REVISION),
                "The row %s does not say which one revision is meant, so no stamp is safe; find out which ran."
                        .formatted(Words.id(row)),
                "'%s' prints one revision for each row.".formatted(commands.current())));
    }

    private String ifItIsGone() {
        return schema != null && schema.physical().exact() && schema.physical().unexplained().isEmpty()
                ? " If it is gone for good: the schema holds nothing but what %s makes, so that '%s' would lose no more than the memory of it."
                        .formatted(Words.set(schema.physical().candidates().getFirst()),
                                commands.stamp(schema.physical().candidates().getFirst(), true))
                : "";
    }

    private void unseen(ScriptsSeen scripts, Rows understood, Stamping stamping, Upgrade upgrade) {
        if (Placing.isDamaged(scripts)) {
            return;
        }
        if (!understood.areThere()) {
            if (!scripts.graph().heads().isEmpty()) {
                draft.stop(LAST,
                        "The schema was not read, so nobody can tell whether this database is new or holds already what "
                                + "the revisions make; let it be read and ask again.",
                        "The schema is read.");
            }
            return;
        }
        if (!understood.overlapping().isEmpty()) {
            draft.stop(ROWS,
                    "The schema was not read, and only the schema can tell which of the rows %s is right; let it be read and ask again."
                            .formatted(Words.ids(understood.exact())),
                    "The schema is read.");
            return;
        }
        if (!understood.areClean()) {
            stamping.anew(understood.meant());
        }
        upgrade.from(scripts, understood.meant(), LAST);
    }

    private void hole(ScriptsSeen scripts, Rows understood, Hole hole, Stamping stamping, Upgrade upgrade) {
        boolean stays = hole.nearest().equals(hole.stamped()) && understood.areThere();
        SchemaSeen live = seen.schema();
        if (live == null || schema == null) {
            return;
        }
        Rerun rerun = Rerun.of(scripts, live.defaultSchema(), schema, hole);
        if (!stays || !rerun.isPossible()) {
            draft.stop(EnumSet.of(SCHEMA_HOLE, VERSION_TABLE_MISSING, VERSION_TABLE_EMPTY),
                    "No stamp is safe: whatever the version table says, a revision would run over what is there or never run. "
                            + rerun.instead(commands),
                    "The schema matches one set of revisions.");
            return;
        }
        if (!understood.areClean()) {
            stamping.anew(hole.stamped());
        }
        rerun.write(commands, draft);
        if (!draft.isStopped()) {
            upgrade.from(scripts, hole.stamped(), EnumSet.of(BEHIND_HEAD, MULTIPLE_HEADS));
        }
    }
}
