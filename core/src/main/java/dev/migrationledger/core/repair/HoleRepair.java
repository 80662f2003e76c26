package dev.migrationledger.core.repair;

import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_HOLE;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.repair.Repair.Draft;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.SchemaAnalysis;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Fills a hole by running what never ran, and nothing else.
 *
 * @param set of revisions at which the schema is then
 * @param missing revisions of which nothing is in the schema, each with its only parent; parents first
 * @param made what these make
 * @param remainders what later revisions did to the objects that will be there again, each a sentence
 * @param isProven whether everything else of the set that is not stamped is there, whole
 * @param obstacle why nothing can be run; absent: all of {@code missing} can
 */
record HoleRepair(
        List<String> set,
        List<Revision> missing,
        Set<ObjectName> made,
        List<String> remainders,
        Predicate<String> isProven,
        @Nullable Obstacle obstacle,
        RevisionGraph graph) {

    private static final Set<DivergenceCode> HOLE = EnumSet.of(SCHEMA_HOLE);

    /** How to check that a person filled the hole. */
    private static final String FILLED = "The schema matches one set of revisions.";

    /**
     * Why no command fills the hole.
     *
     * @param what a person has to do: one sentence or two
     * @param details what to know besides, each a sentence
     * @param byHand the revision whose statements, or some of them, a person has to run; absent: that is not it
     */
    record Obstacle(String what, List<String> details, @Nullable String byHand) {

        static Obstacle of(String what, String... details) {
            return new Obstacle(what, List.of(details), null);
        }
    }

    static HoleRepair of(ScriptsSeen scripts, SchemaSeen live, SchemaAnalysis schema, List<String> set) {
        return new HoleRepairSearch(scripts, live, schema, set).repair();
    }

    boolean isPossible() {
        return obstacle == null;
    }

    /** Whether the rows may be moved from what is stamped to the set: nothing between them is believed without being seen. */
    boolean provesTheRest(List<String> stamped) {
        List<String> rerun = missing.stream().map(Revision::revision).toList();
        return graph.implied(set).containsAll(graph.implied(stamped))
                && graph.upgradePath(stamped, set).stream()
                        .allMatch(revision -> rerun.contains(revision) || isProven.test(revision));
    }

    /** What a person has to do where nothing can be run. */
    PlanStep instead(Commands commands, List<String> stamped) {
        List<String> details = new ArrayList<>();
        details.add("No stamp is safe before that: with any value, a revision would run twice or not at all.");
        if (obstacle == null) {
            details.add("'%s' prints the SQL of a revision without running it."
                    .formatted(commands.sql("PARENT", "REVISION")));
            return step("Change the objects to what one set of revisions creates.", details);
        }
        details.addAll(obstacle.details);
        String revision = obstacle.byHand;
        if (revision != null) {
            List<String> parents = graph.find(revision).map(Revision::parents).orElse(List.of());
            if (parents.size() == 1) {
                details.add("'%s' prints its SQL.".formatted(commands.sql(parents.getFirst(), revision)));
                details.addAll(commands.pathFirst());
            }
            boolean mustStamp = !graph.implied(stamped).contains(revision)
                    && graph.upgradePath(stamped, set).equals(List.of(revision));
            details.add(mustStamp
                    ? "When all of it exists, run '%s': otherwise the next upgrade repeats %s.".formatted(
                            commands.stamp(set, stamped.size() != 1), MessageText.id(revision))
                    : "Then check again.");
        }
        return step(obstacle.what, details);
    }

    private static PlanStep step(String why, List<String> details) {
        return new PlanStep(null, why, FILLED, details);
    }

    void write(Commands commands, List<String> rows, Draft draft) {
        List<String> ran = graph.upgradePath(rows, set).stream()
                .filter(revision -> missing.stream().noneMatch(one -> one.revision().equals(revision))).toList();
        for (Revision revision : missing) {
            String id = MessageText.id(revision.revision());
            String parent = revision.parents().getFirst();
            List<String> details = new ArrayList<>();
            if (!ran.isEmpty()) {
                details.add("The schema looks as if %s had run and %s had not.".formatted(MessageText.ids(ran),
                        MessageText.ids(missing.stream().map(Revision::revision).toList())));
            }
            details.add("To read the SQL first, run only the part before '&&', which writes it to %s."
                    .formatted(Commands.RERUN_FILE));
            details.add(rows.contains(parent)
                    ? "Its last statement changes the row %s to %s, which the next step corrects.".formatted(
                            MessageText.id(parent), id)
                    : "Its last statement prints 'UPDATE 0', as it should: no row of the version table has to change.");
            details.add("psql warns of a second BEGIN, which does no harm.");
            details.add("Alembic's own options, such as '-x tenant=a', belong before 'upgrade'.");
            details.add(Commands.URL_OF_PSQL);
            details.addAll(commands.setsPath());
            draft.run(HOLE, commands.rerun(parent, revision.revision()),
                    "Runs only the SQL of %s, whole or not at all. None of its objects exist, so nothing is overwritten."
                            .formatted(id),
                    "psql prints no ERROR, and the objects of %s exist.".formatted(id), details);
        }
        if (!remainders.isEmpty()) {
            List<String> details = new ArrayList<>(remainders);
            details.addAll(commands.pathFirst());
            details.add("Then check again.");
            draft.stop(HOLE,
                    "Later revisions change the objects that were missing. Print their SQL as above, and run only the statements on these objects.",
                    FILLED, details);
        }
    }
}
