package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_HOLE;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.physical.Discrepancy;
import dev.migrationledger.contracts.physical.Discrepancy.Kind;
import dev.migrationledger.contracts.physical.SchemaEvidence.Traces;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.rules.Observations.ScriptsSeen;
import dev.migrationledger.contracts.rules.Place.Hole;
import dev.migrationledger.contracts.rules.Repair.Draft;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Fills a hole by running again what never ran, and nothing else.
 *
 * @param missing revisions of which nothing is in the schema, each with its only parent; parents first
 * @param remainders what later revisions did to the objects that will be there again, each a sentence
 * @param obstacle why nothing can be run; absent: all of {@code missing} can
 */
record Rerun(List<Revision> missing, List<String> remainders, @Nullable String obstacle) {

    /** Nobody types more commands than these. */
    private static final int MOST_RUN = 5;

    private static final Set<DivergenceCode> HOLE = EnumSet.of(SCHEMA_HOLE);

    static Rerun of(ScriptsSeen scripts, @Nullable String defaultSchema, SchemaSays schema, Hole hole) {
        return new Search(scripts, defaultSchema, schema, hole).rerun();
    }

    boolean isPossible() {
        return obstacle == null;
    }

    /** What a person has to do where nothing can be run. */
    String instead(Commands commands) {
        return obstacle == null
                ? "Bring the objects to where one set of revisions leaves them; '%s' prints the SQL of a revision without running it."
                        .formatted(commands.sql("PARENT", "REVISION"))
                : obstacle;
    }

    void write(Commands commands, Draft draft) {
        for (Revision revision : missing) {
            draft.run(HOLE, commands.sql(revision.parents().getFirst(), revision.revision())
                    + " | psql \"$DATABASE_URL\" -v ON_ERROR_STOP=1 --single-transaction",
                    ("It runs the SQL of %s alone: nothing of it is in the schema, so nothing is overwritten, and it comes in whole or not at all. "
                            + "Look at the SQL first, without the part from '|' on. What it says of the version table at its end matches no row. "
                            + "DATABASE_URL must be as psql takes it, without a driver's name.")
                            .formatted(Words.id(revision.revision())),
                    "psql prints no ERROR, and its objects are not missing any more.");
        }
        if (!remainders.isEmpty()) {
            draft.stop(HOLE, String.join(" ", remainders)
                    + " Print the SQL as above, and run only the statements on these objects; then look again.",
                    "The schema matches one set of revisions.");
        }
    }

    private static final class Search {

        private final ScriptsSeen scripts;
        private final SchemaSays schema;
        private final Hole hole;
        private final @Nullable String defaultSchema;
        private final Set<ObjectName> remade = new TreeSet<>();

        Search(ScriptsSeen scripts, @Nullable String defaultSchema, SchemaSays schema, Hole hole) {
            this.scripts = scripts;
            this.defaultSchema = defaultSchema;
            this.schema = schema;
            this.hole = hole;
        }

        Rerun rerun() {
            Set<String> makers = new LinkedHashSet<>();
            for (Discrepancy discrepancy : hole.discrepancies()) {
                String maker = discrepancy.revisions().isEmpty() ? null : discrepancy.revisions().getLast();
                if (discrepancy.kind() == Kind.UNEXPECTED || maker == null || !isUntouched(maker)) {
                    return stopped(discrepancy, maker);
                }
                makers.add(maker);
            }
            List<Revision> missing = new ArrayList<>();
            List<String> remainders = new ArrayList<>();
            for (String id : scripts.graph().topological(scripts.graph().implied(hole.nearest()))) {
                Revision revision = scripts.graph().find(id).orElseThrow();
                Footprint footprint = scripts.footprints().get(id);
                List<Change> onRemade = footprint == null ? List.of() : onRemade(footprint);
                if (makers.contains(id) || isWhollyOnRemade(footprint, onRemade)) {
                    String obstacle = obstacle(revision, footprint);
                    if (obstacle != null) {
                        return new Rerun(List.of(), List.of(), obstacle);
                    }
                    missing.add(revision);
                    remember(Objects.requireNonNull(footprint));
                } else if (!onRemade.isEmpty()) {
                    remainders.add("%s also leaves %s as it has to be, which is missing still.".formatted(Words.id(id),
                            Words.objects(new LinkedHashSet<>(onRemade.stream().map(Change::object).toList()))));
                }
            }
            return missing.isEmpty() || missing.size() > MOST_RUN
                    ? new Rerun(List.of(), List.of(),
                            "%s would have to run again one by one: %s. That is no repair any more; find out what happened first."
                                    .formatted(Words.count(missing.size(), "revision"), Words.ids(makers)))
                    : new Rerun(missing, remainders, null);
        }

        private boolean isUntouched(String revision) {
            Traces traces = schema.traces().get(revision);
            return traces != null && traces.found() == 0;
        }

        private Rerun stopped(Discrepancy discrepancy, @Nullable String maker) {
            String object = Words.upper(Words.object(discrepancy.object()));
            Traces traces = maker == null ? null : schema.traces().get(maker);
            String obstacle;
            if (discrepancy.kind() == Kind.UNEXPECTED && maker != null) {
                obstacle = "%s is there already, and %s makes it: find out who made it, and whether it is as the revision leaves it; only somebody who knows what it holds can say what becomes of it."
                        .formatted(object, Words.id(maker));
            } else if (traces != null && traces.isPartial()) {
                obstacle = "%s ran in part, and no command runs the rest of it: bring %s to where it leaves it, by the statements of its SQL that did not run."
                        .formatted(Words.id(Objects.requireNonNull(maker)), Words.object(discrepancy.object()));
            } else {
                obstacle = "%s is not as any revision leaves it: find out who changed it, and bring it to where one does; only somebody who knows what it holds can say which way."
                        .formatted(object);
            }
            return new Rerun(List.of(), List.of(), obstacle);
        }

        /** Why a revision cannot be run by printing its SQL. */
        private @Nullable String obstacle(Revision revision, @Nullable Footprint footprint) {
            String id = Words.id(revision.revision());
            if (revision.parents().size() != 1 || !revision.dependsOn().isEmpty()) {
                return "Nothing of %s is in the schema, and its SQL cannot be printed alone, because it has %s; print that of its branch and run only its own statements."
                        .formatted(id, revision.parents().isEmpty() ? "no parent" : "several revisions before it");
            }
            if (footprint == null || !footprint.upgrade().isRead()) {
                return "Nothing of %s is in the schema, and not all that it does can be read from its file, so nobody can tell whether it may run alone; read it, and run what is missing by hand."
                        .formatted(id);
            }
            for (Change effect : footprint.upgrade().changes()) {
                if (!effect.condition().isAlways()) {
                    return "Nothing of %s is in the schema, and what it does depends on a condition (line %d), which printed SQL cannot ask; run what is missing by hand."
                            .formatted(id, effect.location().line());
                }
                if (effect.action() == Action.DROP
                        || (effect.action() == Action.WRITE && !isMadeBy(footprint, effect))) {
                    return "Nothing of %s is in the schema, and it would %s %s now, in data of today that it was not written for; decide what of it should still happen."
                            .formatted(id, effect.action() == Action.DROP ? "drop" : "write rows of",
                                    Words.object(effect.object()));
                }
            }
            return null;
        }

        private static boolean isMadeBy(Footprint footprint, Change write) {
            return footprint.upgrade().changes().stream()
                    .anyMatch(effect -> effect.action() == Action.CREATE && effect.object().equals(write.object()));
        }

        private void remember(Footprint footprint) {
            footprint.upgrade().changes().stream()
                    .filter(effect -> effect.action() == Action.CREATE
                            && effect.object().kind() == ObjectKind.TABLE)
                    .forEach(effect -> remade.add(effect.object().resolved(defaultSchema)));
        }

        /** What a revision did to tables that had gone, and that therefore went too. */
        private List<Change> onRemade(Footprint footprint) {
            return footprint.upgrade().changes().stream()
                    .filter(effect -> effect.action() != Action.WRITE)
                    .filter(effect -> remade.stream().anyMatch(table -> isOn(table, effect)))
                    .toList();
        }

        private boolean isOn(ObjectName table, Change effect) {
            ObjectName of = effect instanceof Create create && create.definition() instanceof Definition.Index index
                    ? index.table()
                    : null;
            return table.holds(effect.object().resolved(defaultSchema))
                    || (of != null && of.resolved(defaultSchema).equals(table));
        }

        private static boolean isWhollyOnRemade(@Nullable Footprint footprint, List<Change> onRemade) {
            return footprint != null && !onRemade.isEmpty()
                    && onRemade.size() == footprint.upgrade().changes().size();
        }
    }
}
