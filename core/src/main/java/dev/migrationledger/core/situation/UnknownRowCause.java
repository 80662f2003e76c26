package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.position.PhysicalState.Unexplained;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a row is in no script, as far as the schema tells.
 *
 * @param situation by the evidence
 * @param set what the schema matches, or is nearest to; absent where that is not known
 * @param objects that no script makes, or that keep the nearest set from matching
 * @param details each a sentence
 */
public record UnknownRowCause(
        Situation situation,
        @Nullable List<String> set,
        List<ObjectName> objects,
        List<String> details) {

    enum Situation {
        /** The schema does not tell. */
        UNKNOWN,
        /** Other scripts of the same configuration declare it. */
        OTHER_SCRIPTS,
        /** Nothing that the scripts make is there, and other things are. */
        ANOTHER_APPLICATION,
        /** All of the scripts is there, and more. */
        OLDER_SCRIPTS,
        /** Some of the scripts is there, and things that no script makes. */
        LOST_FILE,
        /** Beside it is the row that the schema matches. */
        REMOVED_BRANCH,
        /** The schema is what other revisions leave. */
        RENAMED,
        /** No set of revisions leaves it so. */
        NO_MATCH
    }

    public static UnknownRowCause of(@Nullable ScriptsSeen scripts, @Nullable SchemaAnalysis schema,
            ResolvedRows rows) {
        if (scripts != null && !rows.unknown().isEmpty()
                && scripts.others().revisions().keySet().containsAll(rows.unknown().keySet())) {
            return new UnknownRowCause(Situation.OTHER_SCRIPTS, null, List.of(), rows.unknown().keySet().stream()
                    .map(row -> "%s is a revision of %s.".formatted(MessageText.id(row),
                            scripts.others().revisions().get(row)))
                    .toList());
        }
        if (scripts == null || schema == null || SchemaLocator.isDamaged(scripts)) {
            return new UnknownRowCause(Situation.UNKNOWN, null, List.of(), List.of());
        }
        PhysicalState physical = schema.physical();
        List<ObjectName> foreign = schema.foreign().stream().map(Unexplained::object).toList();
        if (!schema.traces().isEmpty() && !schema.showsAnyRevision() && !foreign.isEmpty()) {
            return new UnknownRowCause(Situation.ANOTHER_APPLICATION, null, foreign,
                    List.of("The database has %s, which no script makes.".formatted(MessageText.objects(foreign))));
        }
        if (physical.candidates().isEmpty()) {
            return noMatch(schema, foreign);
        }
        List<String> set = physical.exact() && schema.missing(physical.candidates().getFirst()).isEmpty()
                ? physical.candidates().getFirst()
                : null;
        List<String> details = new ArrayList<>();
        details.add("The schema matches %s%s.".formatted(
                MessageText.sets(physical.candidates(), physical.complete()),
                foreign.isEmpty() ? " and holds nothing else" : ""));
        if (!foreign.isEmpty()) {
            details.add("No script makes %s.".formatted(MessageText.objects(foreign)));
            boolean whole = physical.candidates().stream().anyMatch(candidate -> scripts.graph()
                    .upgradePath(candidate, scripts.graph().realHeads()).isEmpty());
            return new UnknownRowCause(whole ? Situation.OLDER_SCRIPTS : Situation.LOST_FILE, set, foreign, details);
        }
        boolean beside = physical.candidates().stream()
                .anyMatch(candidate -> !candidate.isEmpty() && rows.exact().containsAll(candidate));
        return new UnknownRowCause(beside ? Situation.REMOVED_BRANCH : Situation.RENAMED, set, List.of(), details);
    }

    private static UnknownRowCause noMatch(SchemaAnalysis schema, List<ObjectName> foreign) {
        // A database that holds what revisions make is not near to base.
        List<String> nearest = schema.physical().nearest().stream()
                .filter(set -> !set.isEmpty() || !schema.showsAnyRevision())
                .findFirst().orElse(null);
        List<Discrepancy> discrepancies = nearest == null ? List.of() : schema.against().apply(nearest);
        List<String> details = new ArrayList<>();
        if (nearest != null) {
            details.add("The schema is nearest to %s: %s.".formatted(MessageText.set(nearest),
                    MessageText.discrepancies(discrepancies)));
        }
        if (!foreign.isEmpty()) {
            details.add("No script makes %s.".formatted(MessageText.objects(foreign)));
        }
        return new UnknownRowCause(Situation.NO_MATCH, nearest,
                discrepancies.stream().map(Discrepancy::object).toList(), details);
    }

    /** Goes on after "… is in no script". */
    public String clause() {
        return switch (situation) {
            case UNKNOWN -> "";
            case OTHER_SCRIPTS -> " of this section, and another section of the configuration declares it";
            case ANOTHER_APPLICATION -> ", and nothing that these scripts make is in this database";
            case OLDER_SCRIPTS -> ": the database holds all of these scripts and more, so they are older than it";
            case LOST_FILE -> ", and the schema holds objects that no script makes: its file is missing";
            case REMOVED_BRANCH -> ", and another row explains the whole schema: its branch was probably removed";
            case RENAMED -> ", and other revisions explain the whole schema: it was probably renamed or squashed";
            case NO_MATCH -> ", and no set of these revisions leaves the schema as it is";
        };
    }

    /** What to stamp if the row's revision is gone for good; absent: nothing may be stamped. */
    public @Nullable List<String> replacement() {
        return situation == Situation.REMOVED_BRANCH || situation == Situation.RENAMED ? set : null;
    }

    /** What a person has to do. */
    public String advice(String row) {
        String id = MessageText.id(row);
        String bringBack = "bring back its file, from version control or from the image that applied it";
        return switch (situation) {
            case UNKNOWN, LOST_FILE -> "%s What %s did is written nowhere else, so any stamp would be a guess."
                    .formatted(MessageText.upper(bringBack) + ".", id);
            case OTHER_SCRIPTS ->
                "Check the section (-n), the database's URL and the name of the version table: two histories must not share one. Do not stamp %s away."
                        .formatted(id);
            case ANOTHER_APPLICATION ->
                "Check the database's URL and the name of the version table: %s belongs to another application, or to other scripts. Do not overwrite it."
                        .formatted(id);
            case OLDER_SCRIPTS ->
                "Deploy the newer image, or look with the newer scripts: nothing is wrong with the database.";
            case REMOVED_BRANCH, RENAMED -> set == null
                    ? "Find out what became of %s. If its file still exists, %s; if it was renamed or squashed, stamp the revision that replaced it."
                            .formatted(id, bringBack)
                    : "Find out whether %s is gone for good: renamed, squashed, or removed with its branch. If it is not, stop here and %s."
                            .formatted(id, bringBack);
            case NO_MATCH -> set == null
                    ? "%s.".formatted(MessageText.upper(bringBack))
                    : "%s. If it was squashed into %s, this database had not run all of them: change the objects named above to what %s leaves, then look again."
                            .formatted(MessageText.upper(bringBack), MessageText.set(set), MessageText.set(set));
        };
    }
}
