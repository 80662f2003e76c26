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
                    List.of("No script creates %s.".formatted(MessageText.objects(foreign))));
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
            details.add("No script creates %s.".formatted(MessageText.objects(foreign)));
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
            details.add("The schema is most similar to %s: %s.".formatted(MessageText.set(nearest),
                    MessageText.discrepancies(discrepancies)));
        }
        if (!foreign.isEmpty()) {
            details.add("No script creates %s.".formatted(MessageText.objects(foreign)));
        }
        return new UnknownRowCause(Situation.NO_MATCH, nearest,
                discrepancies.stream().map(Discrepancy::object).toList(), details);
    }

    /** Goes on after "No script has row …". */
    public String clause() {
        return switch (situation) {
            case UNKNOWN -> "";
            case OTHER_SCRIPTS -> " in this section, but another section of the configuration declares it";
            case ANOTHER_APPLICATION -> ", and nothing that these scripts create is in this database";
            case OLDER_SCRIPTS -> ": the scripts are outdated, because the database has all that they create and more";
            case LOST_FILE -> ": its file is missing, and the schema has objects that no script creates";
            case REMOVED_BRANCH -> ": its branch was probably removed, because another row explains the whole schema";
            case RENAMED -> ": it was probably renamed or squashed, because other revisions explain the whole schema";
            case NO_MATCH -> ", and the schema matches no point in this history";
        };
    }

    /** What to stamp if the row's revision is gone for good; absent: nothing may be stamped. */
    public @Nullable List<String> replacement() {
        return situation == Situation.REMOVED_BRANCH || situation == Situation.RENAMED ? set : null;
    }

    /** What a person has to do: one sentence or two. */
    public String advice(String row) {
        String id = MessageText.id(row);
        return switch (situation) {
            case UNKNOWN, LOST_FILE, NO_MATCH -> "Restore the file of %s.".formatted(id);
            case OTHER_SCRIPTS -> "Check the section (-n), the URL of the database and the name of the version table.";
            case ANOTHER_APPLICATION -> "Check the URL of the database and the name of the version table.";
            case OLDER_SCRIPTS -> "Deploy the newer image, or check again with the newer scripts.";
            case REMOVED_BRANCH, RENAMED -> set == null
                    ? "Find out what happened to %s. If its file exists, restore it; if not, stamp the revision that replaced it."
                            .formatted(id)
                    : "Find out whether %s is gone for good: renamed, squashed, or removed with its branch. If it is not, restore its file and stop here."
                            .formatted(id);
        };
    }

    /** What to know besides, each a sentence. */
    public List<String> notes(String row) {
        String id = MessageText.id(row);
        String sources = "It may be in version control, or in the image that applied it.";
        return switch (situation) {
            case UNKNOWN, LOST_FILE -> List.of(sources,
                    "Only that file says what %s did, so any stamp would be a guess.".formatted(id));
            case OTHER_SCRIPTS -> List.of("Two histories must not share one version table.",
                    "Do not overwrite %s.".formatted(id));
            case ANOTHER_APPLICATION -> List.of("%s belongs to another application or to other scripts.".formatted(id),
                    "Do not overwrite it.");
            case OLDER_SCRIPTS -> List.of("The database itself is fine.");
            case REMOVED_BRANCH, RENAMED -> List.of(sources);
            case NO_MATCH -> set == null
                    ? List.of(sources)
                    : List.of(sources,
                            "If it was squashed into %1$s, some of its parts never ran: change the named objects to what %1$s creates, then check again."
                                    .formatted(MessageText.set(set)));
        };
    }
}
