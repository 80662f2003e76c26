package dev.migrationledger.core.rules;

import static dev.migrationledger.contracts.diagnosis.DivergenceCode.BEHIND_HEAD;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.DUPLICATE_REVISION;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.DUPLICATE_ROW;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.INEXACT_REVISION;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.MERGE_SIBLING_SKIPPED;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.MULTIPLE_HEADS;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.OVERLAPPING_REVISIONS;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_AHEAD_OF_STAMP;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_HOLE;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.STAMPED_AHEAD_OF_SCHEMA;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.STAMPED_NOT_RUN;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.STAMP_UNCONFIRMED;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.UNKNOWN_REVISION;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.VERSION_TABLE_EMPTY;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.VERSION_TABLE_MISSING;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.SchemaEvidence.Difference;
import dev.migrationledger.core.position.SchemaEvidence.Excuse;
import dev.migrationledger.core.rules.Observations.SchemaSeen;
import dev.migrationledger.core.rules.Observations.ScriptsSeen;
import dev.migrationledger.core.rules.Observations.ToolCall;
import dev.migrationledger.core.rules.Place.Confirmed;
import dev.migrationledger.core.rules.Place.Elsewhere;
import dev.migrationledger.core.rules.Place.Hole;
import dev.migrationledger.core.rules.Place.Unknown;
import dev.migrationledger.core.rules.Repair.Draft;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final Set<DivergenceCode> HOLE = EnumSet.of(SCHEMA_HOLE, VERSION_TABLE_MISSING,
            VERSION_TABLE_EMPTY);

    /** Near sets that are tried. */
    private static final int MOST_TIES = 8;

    private final Observations seen;
    private final @Nullable SchemaSays schema;
    private final @Nullable Rows rows;
    private final Place place;
    private final @Nullable Confirmation confirmation;
    private final Commands commands;
    private final Draft draft;

    Planning(
            Observations seen, @Nullable SchemaSays schema, @Nullable Rows rows, Place place,
            @Nullable Confirmation confirmation) {
        this.seen = seen;
        this.schema = schema;
        this.rows = rows;
        this.place = place;
        this.confirmation = confirmation;
        SchemaSeen live = seen.schema();
        this.commands = new Commands(seen.tool(), live == null ? null : live.searchPath());
        this.draft = new Draft(commands);
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
            bringBack(scripts, rows);
            return draft.done();
        }
        Stamping stamping = new Stamping(scripts, schema, rows, commands, draft, ROWS,
                new UnseenWrites(scripts, schema, seen.watch()));
        Upgrade upgrade = new Upgrade(seen, schema, rows, commands, draft);
        switch (place) {
            case Unknown() -> unseen(scripts, rows, stamping, upgrade);
            case Confirmed _ when !rows.areThere() && schema != null && !schema.perhapsMade().isEmpty() ->
                perhapsNew(schema);
            case Confirmed(List<String> stamped) when confirmation != null && !confirmation.contested().isEmpty() ->
                overlapping(scripts, stamped, rows, confirmation);
            case Confirmed(List<String> stamped) -> {
                boolean safe = rows.areClean() || stamping.rewrite(stamped);
                if (confirmation != null && !confirmation.isEnough()) {
                    unconfirmed(scripts, stamped, confirmation);
                } else if (safe) {
                    upgrade.from(scripts, stamped, LAST);
                }
                neverRun(StampedNotRun.revisions(seen, schema, stamped));
            }
            case Elsewhere elsewhere when asksForRenaming(scripts, elsewhere.stamped()) -> {
                // What was renamed is renamed back first.
            }
            case Elsewhere elsewhere -> {
                List<String> chosen = elsewhere.chosen();
                if (chosen == null) {
                    stamping.ask(elsewhere);
                } else {
                    if (stamping.to(chosen, elsewhere)) {
                        upgrade.from(scripts, chosen, LAST);
                    }
                }
            }
            case Hole hole when asksForRenaming(scripts, hole.stamped()) -> {
                // What was renamed is renamed back first.
            }
            case Hole hole -> hole(scripts, rows, hole, stamping, upgrade);
        }
        return draft.done();
    }

    private boolean asksForRenaming(ScriptsSeen scripts, List<String> stamped) {
        SchemaSeen live = seen.schema();
        List<RenamedByHand> renamed = live == null || schema == null
                ? List.of()
                : RenamedByHand.of(scripts, schema, live, stamped);
        if (renamed.isEmpty()) {
            return false;
        }
        Set<DivergenceCode> both = EnumSet.copyOf(ROWS);
        both.addAll(HOLE);
        draft.stop(both, RenamedByHand.question(renamed), "Each has the name that the scripts give it.");
        return true;
    }

    private void perhapsNew(SchemaSays says) {
        String choices = says.physical().candidates().stream()
                .filter(candidate -> !candidate.isEmpty() && says.missing(candidate).isEmpty())
                .limit(Words.MOST_NAMED)
                .map(candidate -> "'" + commands.stamp(candidate, false) + "'")
                .collect(Collectors.joining(" or "));
        draft.stop(LAST,
                "Find out which revisions ran here, if any: an upgrade would run all of them, and not all that they do can be read. %s"
                        .formatted(choices.isEmpty()
                                ? "If none did, upgrade."
                                : "If some did, stamp the last (" + choices + "); if none did, upgrade."),
                "'%s' prints what was found out.".formatted(commands.current()));
    }

    /** Before an upgrade a person finds out what the schema cannot show: whether anything ran, or what an unread place did. */
    private void unconfirmed(ScriptsSeen scripts, List<String> stamped, Confirmation confirmed) {
        boolean behind = !scripts.graph().upgradePath(stamped, scripts.graph().realHeads()).isEmpty();
        String next = behind
                ? "run '%s'".formatted(commands.upgrade(scripts.graph().heads().size() == 1 ? "head" : "heads"))
                : "no action is needed";
        if (!confirmed.leftOut().isNone()) {
            draft.stop(EnumSet.of(STAMP_UNCONFIRMED, BEHIND_HEAD),
                    "Look again with %s as well, or without --schema%s.".formatted(
                            confirmed.leftOut().schemas().stream()
                                    .map(schema -> "'--schema " + ToolCall.word(schema) + "'")
                                    .collect(Collectors.joining(" and ")),
                            behind ? ", before you upgrade" : ""),
                    "The doctor no longer reports stamp-unconfirmed.");
            return;
        }
        if (!confirmed.anything()) {
            draft.stop(EnumSet.of(STAMP_UNCONFIRMED, BEHIND_HEAD),
                    "Check by hand whether the revisions up to %s ran in this database. If they did, %s; if not, find out which did%s."
                            .formatted(Words.set(stamped), next, behind ? "" : ", and stamp those"),
                    "What the revisions make is there.");
            return;
        }
        List<String> revisions = confirmed.excused().stream().map(Difference::excuse).filter(Objects::nonNull)
                .map(Excuse::revision).distinct().toList();
        boolean later = confirmed.excused().stream().allMatch(Difference::dependsOnEarlier);
        List<ObjectName> objects = confirmed.excused().stream().map(one -> one.discrepancy().object()).toList();
        boolean unmade = confirmed.excused().stream().allMatch(Difference::isPerhapsUnmade);
        String them = objects.size() == 1 ? "it" : "them";
        draft.stop(EnumSet.of(STAMP_UNCONFIRMED, BEHIND_HEAD),
                unmade
                        ? "Check by hand whether %s had to make %s. If so, make %s first; if not, %s.".formatted(
                                Words.ids(revisions), Words.objects(objects), them, next)
                        : "Check by hand whether %s %s %s. If so, %s; if not, repair %s first.".formatted(
                                Words.ids(revisions), later ? "kept a later revision from making" : "changed",
                                Words.objects(objects), next, them),
                "Each is as the scripts leave it.");
    }

    /** Which of the rows is right has to be found out where nothing shows whether the last of them ran. */
    private void overlapping(
            ScriptsSeen scripts, List<String> stamped, Rows understood, Confirmation confirmed) {
        draft.stop(ROWS,
                "Find out whether %s ran in this database: nothing in the schema shows it. If so, run '%s'; if not, run '%s', and look again before you upgrade."
                        .formatted(Words.ids(confirmed.contested()), commands.stamp(stamped, true),
                                commands.stamp(understood.others(scripts.graph()), true)),
                "'%s' prints what was found out.".formatted(commands.current()));
    }

    private void neverRun(List<String> stamped) {
        if (!stamped.isEmpty()) {
            draft.stop(EnumSet.of(STAMPED_NOT_RUN),
                    "Check by hand whether %s was applied. Do not run it again: its changes of rows could be applied twice."
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
            String ran = problem.code() == DUPLICATE_REVISION
                    ? DuplicateRevision.advice(problem, scripts, seen.schema())
                    : null;
            draft.add(Set.of(problem.code()), new PlanStep(null, ran == null ? problem.message() : ran,
                    "'%s' prints the head.".formatted(commands.heads())));
        }
        if (!broken.isEmpty()) {
            draft.end();
        }
    }

    private void bringBack(ScriptsSeen scripts, Rows understood) {
        UnknownRowCause cause = UnknownRowCause.of(scripts, schema, understood);
        List<String> replacement = cause.replacement();
        understood.unknown().keySet().forEach(row -> draft.add(EnumSet.of(UNKNOWN_REVISION), new PlanStep(null,
                cause.advice(row), replacement == null
                        ? "'%s' prints the revision instead of \"Can't locate revision\".".formatted(commands.current())
                        : "Version control has no file with this id, or the file is back.")));
        if (replacement != null && !understood.unknown().isEmpty() && understood.inexact().isEmpty()) {
            // The answer to the question before decides whether it is taken.
            draft.run(EnumSet.of(UNKNOWN_REVISION), commands.stamp(replacement, true),
                    "Only if the revision is gone for good. Only the version table is written: the schema holds nothing but what %s makes."
                            .formatted(Words.set(replacement)),
                    "'%s' prints %s.".formatted(commands.current(), Words.ids(replacement)));
        }
        if (!understood.unknown().isEmpty()) {
            draft.end();
        }
        understood.inexact().forEach((row, meaning) -> draft.stop(EnumSet.of(INEXACT_REVISION),
                "The row %s may stand for several revisions, so no stamp is safe; find out which ran."
                        .formatted(Words.id(row)),
                "'%s' prints one revision for each row.".formatted(commands.current())));
    }

    private void unseen(ScriptsSeen scripts, Rows understood, Stamping stamping, Upgrade upgrade) {
        if (Placing.isDamaged(scripts)) {
            return;
        }
        if (!understood.areThere()) {
            if (!scripts.graph().heads().isEmpty()) {
                draft.stop(LAST,
                        "The schema was not read, so this database may be new, or already hold what the revisions make. Make the schema readable, then look again.",
                        "The schema is read.");
            }
            return;
        }
        if (!understood.overlapping().isEmpty()) {
            draft.stop(ROWS,
                    "The schema was not read, and only the schema can tell which of the rows %s is right. Make it readable, then look again."
                            .formatted(Words.ids(understood.exact())),
                    "The schema is read.");
            return;
        }
        if (understood.areClean() || stamping.rewrite(understood.meant())) {
            upgrade.from(scripts, understood.meant(), LAST);
        }
    }

    private void hole(ScriptsSeen scripts, Rows understood, Hole hole, Stamping stamping, Upgrade upgrade) {
        SchemaSeen live = seen.schema();
        if (live == null || schema == null) {
            return;
        }
        List<String> target = target(scripts, live, schema, hole, understood);
        List<Discrepancy> invalid = Stream.concat(hole.against().stream(), hole.discrepancies().stream())
                .filter(InvalidIndex::is).distinct().toList();
        if (!invalid.isEmpty()) {
            new InvalidIndex(scripts, commands, hole.stamped()).repair(invalid, HOLE, draft);
            return;
        }
        if (target == null) {
            draft.stop(HOLE, "No stamp is safe: any value would make a revision run twice or not at all. "
                    + Rerun.of(scripts, live, schema, hole.nearest()).instead(commands, hole.stamped()),
                    "The schema matches one set of revisions.");
            return;
        }
        Rerun rerun = Rerun.of(scripts, live, schema, target);
        rerun.write(commands, understood.meant(), draft);
        if (draft.isStopped()) {
            return;
        }
        boolean stays = target.equals(hole.stamped()) && understood.areClean();
        if (stays || stamping.complete(target, rerun.made())) {
            upgrade.from(scripts, target, EnumSet.of(BEHIND_HEAD, MULTIPLE_HEADS));
        }
    }

    /** The near set whose holes can be filled by running what never ran, and nothing else; the stamp before all others. */
    private static @Nullable List<String> target(
            ScriptsSeen scripts, SchemaSeen live, SchemaSays schema, Hole hole, Rows understood) {
        if (!understood.areThere()) {
            return null;
        }
        List<List<String>> near = new ArrayList<>(List.of(hole.nearest()));
        hole.ties().stream().filter(tie -> !tie.isEmpty() && !tie.equals(hole.nearest())).limit(MOST_TIES)
                .forEach(near::add);
        for (List<String> set : near) {
            Rerun rerun = Rerun.of(scripts, live, schema, set);
            if (rerun.isPossible() && (set.equals(hole.stamped()) || rerun.provesTheRest(hole.stamped()))) {
                return set;
            }
            if (set.equals(hole.stamped())) {
                return null; // The stamp may be right, and the objects somebody's: a person has to decide.
            }
        }
        return null;
    }
}
