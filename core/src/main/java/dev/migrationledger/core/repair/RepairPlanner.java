package dev.migrationledger.core.repair;

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
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.SchemaEvidence.Difference;
import dev.migrationledger.core.position.SchemaEvidence.Excuse;
import dev.migrationledger.core.repair.Repair.Draft;
import dev.migrationledger.core.situation.Confirmation;
import dev.migrationledger.core.situation.InvalidIndex;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.RivalFile;
import dev.migrationledger.core.situation.SchemaAnalysis;
import dev.migrationledger.core.situation.SchemaLocator;
import dev.migrationledger.core.situation.SchemaPosition;
import dev.migrationledger.core.situation.SchemaPosition.Confirmed;
import dev.migrationledger.core.situation.SchemaPosition.Elsewhere;
import dev.migrationledger.core.situation.SchemaPosition.Hole;
import dev.migrationledger.core.situation.SchemaPosition.Unknown;
import dev.migrationledger.core.situation.UnknownRowCause;
import dev.migrationledger.core.situation.UnprovenStamps;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Thinks of the smallest plan that ends healthy: scripts that stop every command come first, then the rows are made to say what
 * the schema says, then what is still to run runs. It stops where a person has to decide.
 */
final class RepairPlanner {

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
    private final @Nullable SchemaAnalysis schema;
    private final @Nullable ResolvedRows rows;
    private final SchemaPosition place;
    private final @Nullable Confirmation confirmation;
    private final Commands commands;
    private final Draft draft;

    RepairPlanner(
            Observations seen, @Nullable SchemaAnalysis schema, @Nullable ResolvedRows rows, SchemaPosition place,
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
        StampRepair stamping = new StampRepair(scripts, schema, rows, commands, draft, ROWS,
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
                neverRun(UnprovenStamps.of(seen, schema, stamped));
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
        draft.stop(both, RenamedByHand.question(renamed));
        return true;
    }

    private void perhapsNew(SchemaAnalysis analysis) {
        String choices = ListText.or(ListText.quoted(analysis.physical().candidates().stream()
                .filter(candidate -> !candidate.isEmpty() && analysis.missing(candidate).isEmpty())
                .limit(MessageText.MOST_NAMED)
                .map(candidate -> commands.stamp(candidate, false))
                .toList()));
        List<String> details = new ArrayList<>();
        if (!choices.isEmpty()) {
            details.add("To stamp, run %s.".formatted(choices));
        }
        details.add("An upgrade would run all revisions, and some of their statements cannot be read.");
        draft.stop(LAST,
                choices.isEmpty()
                        ? "Find out whether any revision ran in this database. If none did, upgrade."
                        : "Find out which revisions ran in this database. If some did, stamp the last; if none did, upgrade.",
                "'%s' prints the revisions that ran.".formatted(commands.current()), details);
    }

    /** Before an upgrade a person finds out what the schema cannot show: whether anything ran, or what an unread place did. */
    private void unconfirmed(ScriptsSeen scripts, List<String> stamped, Confirmation confirmed) {
        boolean behind = !scripts.graph().upgradePath(stamped, scripts.graph().realHeads()).isEmpty();
        String next = behind
                ? "run '%s'".formatted(commands.upgrade(scripts.graph().heads().size() == 1 ? "head" : "heads"))
                : "no action is needed";
        if (!confirmed.leftOut().isNone()) {
            draft.stop(EnumSet.of(STAMP_UNCONFIRMED, BEHIND_HEAD),
                    "Run the doctor again with %s as well, or without --schema%s.".formatted(
                            ListText.and(ListText.quoted(confirmed.leftOut().schemas().stream()
                                    .map(schema -> "--schema " + ToolCall.word(schema)).toList())),
                            behind ? ", before you upgrade" : ""),
                    "The doctor no longer reports stamp-unconfirmed.");
            return;
        }
        if (!confirmed.anything()) {
            draft.stop(EnumSet.of(STAMP_UNCONFIRMED, BEHIND_HEAD),
                    "Check by hand whether the revisions up to %s ran in this database. If they did, %s; if not, find out which did%s."
                            .formatted(MessageText.set(stamped), next, behind ? "" : ", and stamp those"),
                    "The objects that the revisions create exist.");
            return;
        }
        List<String> revisions = confirmed.excused().stream().map(Difference::excuse).filter(Objects::nonNull)
                .map(Excuse::revision).distinct().toList();
        boolean later = confirmed.excused().stream().allMatch(Difference::dependsOnEarlier);
        List<ObjectName> objects = confirmed.excused().stream().map(one -> one.discrepancy().object()).toList();
        boolean unmade = confirmed.excused().stream().allMatch(Difference::isPerhapsUnmade);
        String named = objects.size() <= 2 ? MessageText.objects(objects) : "%d objects".formatted(objects.size());
        String them = objects.size() == 1 ? "it" : "them";
        draft.stop(EnumSet.of(STAMP_UNCONFIRMED, BEHIND_HEAD),
                unmade
                        ? "Check by hand whether %s had to create %s. If so, create %s first; if not, %s.".formatted(
                                MessageText.few(revisions), named, them, next)
                        : "Check by hand whether %s %s %s. If so, %s; if not, repair %s first.".formatted(
                                MessageText.few(revisions), later ? "kept a later revision from creating" : "changed",
                                named, next, them),
                "Each object matches what the scripts create.");
    }

    /** Which of the rows is right has to be found out where nothing shows whether the last of them ran. */
    private void overlapping(
            ScriptsSeen scripts, List<String> stamped, ResolvedRows understood, Confirmation confirmed) {
        draft.stop(ROWS,
                "Find out whether %s ran in this database. If so, run '%s'; if not, run '%s'.".formatted(
                        MessageText.few(confirmed.contested()), commands.stamp(stamped, true),
                        commands.stamp(understood.others(scripts.graph()), true)),
                "'%s' prints the row that is right.".formatted(commands.current()),
                List.of("Nothing in the schema shows it.", "Check again before you upgrade."));
    }

    private void neverRun(List<String> stamped) {
        if (!stamped.isEmpty()) {
            draft.stop(EnumSet.of(STAMPED_NOT_RUN),
                    (stamped.size() == 1
                            ? "Check by hand whether %s was applied. Do not rerun it: its changes of rows could be applied twice."
                            : "Check by hand whether %s were applied. Do not rerun them: their changes of rows could be applied twice.")
                            .formatted(MessageText.ids(stamped)),
                    "The rows match what the scripts write.");
        }
    }

    /** Alembic stops at these before it looks at any database. */
    private void brokenScripts(ScriptsSeen scripts) {
        List<Finding> broken = scripts.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR && problem.code() != MULTIPLE_HEADS)
                .toList();
        for (Finding problem : broken) {
            String ran = problem.code() == DUPLICATE_REVISION
                    ? RivalFile.advice(problem, scripts, seen.schema())
                    : null;
            List<String> advice = problem.evidence().stream().filter(exhibit -> exhibit.what() == Exhibit.What.ADVICE)
                    .map(Exhibit::value).limit(1).toList();
            String why = ran != null ? ran : advice.isEmpty() ? problem.message() : advice.getFirst();
            draft.add(Set.of(problem.code()), new PlanStep(null, why,
                    "'%s' prints the head.".formatted(commands.heads()),
                    why.equals(problem.message()) ? List.of() : List.of(problem.message())));
        }
        if (!broken.isEmpty()) {
            draft.end();
        }
    }

    private void bringBack(ScriptsSeen scripts, ResolvedRows understood) {
        UnknownRowCause cause = UnknownRowCause.of(scripts, schema, understood);
        List<String> replacement = cause.replacement();
        understood.unknown().keySet().forEach(row -> draft.add(EnumSet.of(UNKNOWN_REVISION), new PlanStep(null,
                cause.advice(row), replacement == null
                        ? "'%s' prints the revision instead of \"Can't locate revision\".".formatted(commands.current())
                        : "Version control has no file with this id, or the file is restored.",
                cause.notes(row))));
        if (replacement != null && !understood.unknown().isEmpty() && understood.inexact().isEmpty()) {
            // The answer to the question before decides whether it is taken.
            draft.run(EnumSet.of(UNKNOWN_REVISION), commands.stamp(replacement, true),
                    "Run this only if the revision is gone for good. It writes only the version table: the schema matches %s and nothing else."
                            .formatted(MessageText.set(replacement)),
                    "'%s' prints %s.".formatted(commands.current(), MessageText.ids(replacement)), List.of());
        }
        if (!understood.unknown().isEmpty()) {
            draft.end();
        }
        understood.inexact().forEach((row, meaning) -> draft.stop(EnumSet.of(INEXACT_REVISION),
                "Find out which revision ran: the row %s matches several, so no stamp is safe."
                        .formatted(MessageText.id(row)),
                "'%s' prints one revision for each row.".formatted(commands.current())));
    }

    private void unseen(ScriptsSeen scripts, ResolvedRows understood, StampRepair stamping, Upgrade upgrade) {
        if (SchemaLocator.isDamaged(scripts)) {
            return;
        }
        if (!understood.areThere()) {
            if (!scripts.graph().heads().isEmpty()) {
                draft.stop(LAST,
                        "Make the schema readable, then check again.",
                        "The doctor shows the schema's revision.",
                        List.of("Until then, this database may be new, or it may have what the revisions create."));
            }
            return;
        }
        if (!understood.overlapping().isEmpty()) {
            draft.stop(ROWS,
                    "Make the schema readable, then check again.",
                    "The doctor shows the schema's revision.",
                    List.of("Only the schema shows which of the rows %s is right."
                            .formatted(MessageText.ids(understood.exact()))));
            return;
        }
        if (understood.areClean() || stamping.rewrite(understood.resolved())) {
            upgrade.from(scripts, understood.resolved(), LAST);
        }
    }

    private void hole(ScriptsSeen scripts, ResolvedRows understood, Hole hole, StampRepair stamping, Upgrade upgrade) {
        SchemaSeen live = seen.schema();
        if (live == null || schema == null) {
            return;
        }
        List<String> target = target(scripts, live, schema, hole, understood);
        List<Discrepancy> invalid = Stream.concat(hole.against().stream(), hole.discrepancies().stream())
                .filter(InvalidIndex::is).distinct().toList();
        if (!invalid.isEmpty()) {
            new InvalidIndexRepair(scripts, commands, hole.stamped()).repair(invalid, HOLE, draft);
            return;
        }
        if (target == null) {
            draft.stop(HOLE,
                    HoleRepair.of(scripts, live, schema, hole.nearest()).instead(commands, hole.stamped()));
            return;
        }
        HoleRepair rerun = HoleRepair.of(scripts, live, schema, target);
        rerun.write(commands, understood.resolved(), draft);
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
            ScriptsSeen scripts, SchemaSeen live, SchemaAnalysis schema, Hole hole, ResolvedRows understood) {
        if (!understood.areThere()) {
            return null;
        }
        List<List<String>> near = new ArrayList<>(List.of(hole.nearest()));
        hole.ties().stream().filter(tie -> !tie.isEmpty() && !tie.equals(hole.nearest())).limit(MOST_TIES)
                .forEach(near::add);
        for (List<String> set : near) {
            HoleRepair rerun = HoleRepair.of(scripts, live, schema, set);
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
