package dev.migrationledger.core.repair;

import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_HOLE;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.Discrepancy.Kind;
import dev.migrationledger.core.position.SchemaEvidence.Difference;
import dev.migrationledger.core.position.SchemaEvidence.Traces;
import dev.migrationledger.core.repair.Repair.Draft;
import dev.migrationledger.core.situation.InvalidIndex;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.SchemaAnalysis;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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

    /** Nobody types more commands than these. */
    private static final int MOST_RUN = 5;

    private static final Set<DivergenceCode> HOLE = EnumSet.of(SCHEMA_HOLE);

    /**
     * Why no command fills the hole.
     *
     * @param what a person has to do: one sentence or two
     * @param details what to know besides, each a sentence
     * @param byHand the revision whose statements, or some of them, a person has to run; absent: that is not it
     */
    record Obstacle(String what, List<String> details, @Nullable String byHand) {}

    static HoleRepair of(ScriptsSeen scripts, SchemaSeen live, SchemaAnalysis schema, List<String> set) {
        return new Search(scripts, live, schema, set).rerun();
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
        details.add("No stamp is safe: any value would make a revision run twice or not at all.");
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
        return new PlanStep(null, why, "The schema matches one set of revisions.", details);
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
                    : "Its last statement updates the version table but matches no row.");
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
                    "The schema matches one set of revisions.", details);
        }
    }

    private static final class Search {

        private final ScriptsSeen scripts;
        private final SchemaAnalysis schema;
        private final List<String> set;
        private final @Nullable String defaultSchema;
        private final Set<ObjectName> present = new TreeSet<>();
        private final Set<ObjectName> remade = new TreeSet<>();
        private final Set<ObjectName> made = new TreeSet<>();
        private final HoleRepairNeeds needs;
        private final boolean isPathUnknown;

        Search(ScriptsSeen scripts, SchemaSeen live, SchemaAnalysis schema, List<String> set) {
            this.scripts = scripts;
            this.defaultSchema = live.defaultSchema();
            this.schema = schema;
            this.set = set;
            this.needs = new HoleRepairNeeds(live);
            this.isPathUnknown = live.searchPath() != null && live.searchPath().isEmpty();
            live.snapshot().objects().forEach(one -> present.add(one.object()));
        }

        HoleRepair rerun() {
            Set<String> makers = new LinkedHashSet<>();
            for (Discrepancy discrepancy : schema.against().apply(set)) {
                String maker = discrepancy.revisions().isEmpty() ? null : discrepancy.revisions().getLast();
                if (discrepancy.kind() == Kind.UNEXPECTED || maker == null || !isUntouched(maker)) {
                    return stopped(discrepancy, maker);
                }
                makers.add(maker);
            }
            List<Revision> missing = new ArrayList<>();
            List<String> remainders = new ArrayList<>();
            for (String id : scripts.graph().topological(scripts.graph().implied(set))) {
                Revision revision = scripts.graph().find(id).orElseThrow();
                Footprint footprint = scripts.footprints().get(id);
                List<Change> onRemade = footprint == null ? List.of() : onRemade(footprint);
                if (makers.contains(id) || isWhollyOnRemade(footprint, onRemade)) {
                    Obstacle obstacle = obstacle(revision, footprint);
                    if (obstacle != null) {
                        return stuck(set, obstacle);
                    }
                    if (Objects.requireNonNull(footprint).upgrade().commits() != null) {
                        return byHand(id,
                                "Nothing of %s is in the schema. Run its statements one by one, because it commits in between."
                                        .formatted(MessageText.id(id)),
                                "Run as a whole, a failure would leave half of it.");
                    }
                    if (isPathUnknown) {
                        return byHand(id,
                                "Nothing of %s is in the schema. Run its statements by hand, in the right schema."
                                        .formatted(MessageText.id(id)),
                                "env.py computes the search path, so printed SQL could change objects of another schema.");
                    }
                    missing.add(revision);
                    remember(Objects.requireNonNull(footprint));
                } else if (!onRemade.isEmpty()) {
                    remainders.add("%s also changes %s, which is still missing.".formatted(MessageText.id(id),
                            MessageText.objects(new LinkedHashSet<>(onRemade.stream().map(Change::object).toList()))));
                }
            }
            return missing.isEmpty() || missing.size() > MOST_RUN
                    ? impossible("Find out what happened first: %s would have to run again one by one."
                            .formatted(Count.of(missing.size(), "revision")),
                            "They are %s.".formatted(MessageText.ids(makers)))
                    : new HoleRepair(set, missing, made, remainders, this::isProven, null, scripts.graph());
        }

        private HoleRepair byHand(String revision, String what, String... details) {
            return stuck(set, new Obstacle(what, List.of(details), revision));
        }

        private HoleRepair impossible(String what, String... details) {
            return stuck(set, new Obstacle(what, List.of(details), null));
        }

        private HoleRepair stuck(List<String> at, Obstacle obstacle) {
            return new HoleRepair(at, List.of(), Set.of(), List.of(), this::isProven, obstacle, scripts.graph());
        }

        /** Whether all that a revision does is in the schema; rows, conditions and places that cannot be read are not. */
        private boolean isProven(String revision) {
            Footprint footprint = scripts.footprints().get(revision);
            Traces traces = schema.traces().get(revision);
            return footprint != null && (footprint.upgrade().isNone()
                    || (traces != null && traces.found() > 0 && traces.lacking() == 0
                            && footprint.upgrade().isRead()
                            && footprint.upgrade().changes().stream()
                                    .allMatch(effect -> effect.action() != Action.WRITE
                                            && effect.condition().isAlways())));
        }

        /** Nothing that it makes is there, and nothing is gone that it drops. */
        private boolean isUntouched(String revision) {
            Traces traces = schema.traces().get(revision);
            Footprint footprint = scripts.footprints().get(revision);
            return traces != null && traces.found() == 0 && (footprint == null
                    || footprint.upgrade().changes().stream()
                            .filter(effect -> effect.action() == Action.DROP && effect.condition().isAlways())
                            .allMatch(effect -> present.contains(effect.object().resolved(defaultSchema))));
        }

        private HoleRepair stopped(Discrepancy discrepancy, @Nullable String maker) {
            String object = MessageText.upper(MessageText.object(discrepancy.object()));
            String next = nextInPart(discrepancy);
            if (next != null) {
                return inPart(next, List.of(next));
            }
            if (discrepancy.kind() == Kind.UNEXPECTED && maker != null) {
                return impossible((discrepancy.removed()
                        ? "%s still exists, although %s removes it. Find out who created it again, and whether anything uses it."
                        : "%s already exists, but %s creates it. Find out who created it, and whether it matches that revision.")
                        .formatted(object, MessageText.id(maker)));
            }
            if (maker != null && isPartial(maker)) {
                return inPart(maker, set);
            }
            if (discrepancy.kind() == Kind.MISSING && maker != null) {
                return impossible(
                        "%s is missing, although it exists after %s. Find out who dropped it, and create it as the revisions do."
                                .formatted(object, MessageText.id(maker)));
            }
            return impossible(
                    "%s differs from what any revision creates. Find out who changed it, and change it back."
                            .formatted(object));
        }

        /** The one that would run next and did in part, if that explains what is there, or gone, too early. */
        private @Nullable String nextInPart(Discrepancy discrepancy) {
            return schema.traces().keySet().stream()
                    .filter(one -> isPartial(one) && isNext(one)
                            && (discrepancy.kind() != Kind.MISSING || removes(one, discrepancy.object())))
                    .findFirst().orElse(null);
        }

        private boolean removes(String revision, ObjectName object) {
            Footprint footprint = scripts.footprints().get(revision);
            return footprint != null && footprint.upgrade().changes().stream()
                    .filter(change -> change.action() == Action.DROP || change.action() == Action.RENAME)
                    .anyMatch(change -> change.object().resolved(defaultSchema).equals(object));
        }

        /** Whether this one would run next after the set, and what is missing then, there is some, is its own. */
        private boolean isNext(String revision) {
            RevisionGraph graph = scripts.graph();
            return graph.implied(List.of(revision)).containsAll(graph.implied(set))
                    && graph.upgradePath(set, List.of(revision)).equals(List.of(revision))
                    && !lacking(revision, List.of(revision)).isEmpty()
                    && schema.missing(List.of(revision)).stream().map(Difference::discrepancy)
                            .allMatch(d -> !d.revisions().isEmpty() && d.revisions().getLast().equals(revision));
        }

        private List<Discrepancy> lacking(String revision, List<String> of) {
            return schema.against().apply(of).stream()
                    .filter(d -> !d.revisions().isEmpty() && d.revisions().getLast().equals(revision))
                    .toList();
        }

        private HoleRepair inPart(String revision, List<String> of) {
            return stuck(of, new Obstacle(
                    "%s ran in part. Run only those of its statements that did not run.".formatted(
                            MessageText.id(revision)),
                    whatIsLeft(revision, lacking(revision, of)), revision));
        }

        private boolean isPartial(String revision) {
            Traces traces = schema.traces().get(revision);
            return traces != null && traces.lacking() > 0 && (traces.found() > 0 || !isUntouched(revision));
        }

        /** What is left to do of a revision that ran in part: what a schema shows, and what it does not. */
        private List<String> whatIsLeft(String revision, List<Discrepancy> lacking) {
            Footprint footprint = scripts.footprints().get(revision);
            List<Change> rows = footprint == null
                    ? List.of()
                    : footprint.upgrade().changes().stream().filter(effect -> effect.action() == Action.WRITE).toList();
            List<String> unread = footprint == null
                    ? List.of()
                    : footprint.upgrade().unknowns().stream().map(place -> "line " + place.line()).distinct().toList();
            List<String> left = new ArrayList<>();
            if (!lacking.isEmpty()) {
                left.add("Against %s: %s.".formatted(MessageText.id(revision), MessageText.discrepancies(lacking)));
            }
            if (lacking.stream().anyMatch(InvalidIndex::is)) {
                left.add("Drop what is invalid before you create it again.");
            }
            if (!rows.isEmpty()) {
                left.add("It also writes rows of %s, which the schema cannot show: check whether that happened."
                        .formatted(MessageText.rows(rows)));
            }
            if (!unread.isEmpty()) {
                left.add("Some of it cannot be read (%s): check these places, too.".formatted(
                        MessageText.list(unread)));
            }
            return left;
        }

        /** Why a revision cannot be run by printing its SQL. */
        private @Nullable Obstacle obstacle(Revision revision, @Nullable Footprint footprint) {
            String id = MessageText.id(revision.revision());
            if (revision.parents().size() != 1 || !revision.dependsOn().isEmpty()) {
                return new Obstacle(
                        "Nothing of %s is in the schema. Print the SQL of its branch, and run only its own statements."
                                .formatted(id),
                        List.of("Its SQL cannot be printed alone, because it has %s.".formatted(
                                revision.parents().isEmpty() ? "no parent" : "several revisions before it")),
                        null);
            }
            if (footprint == null || !footprint.upgrade().isRead()) {
                return unsafe("Nothing of %s is in the schema. Read its file, and run what is missing by hand."
                        .formatted(id), "Some of its statements cannot be read by the agent.");
            }
            for (Change effect : footprint.upgrade().changes()) {
                if (!effect.condition().isAlways()) {
                    return unsafe("Nothing of %s is in the schema. Run what is missing by hand.".formatted(id),
                            "Its changes depend on a condition (line %d), which printed SQL may not check."
                                    .formatted(effect.location().line()));
                }
                if (effect.action() == Action.DROP
                        || (effect.action() == Action.WRITE && !isMadeBy(footprint, effect))) {
                    return unsafe(
                            "Nothing of %s is in the schema. Decide which of its statements should still run."
                                    .formatted(id),
                            "It would %s %s, whose rows may have changed since.".formatted(
                                    effect.action() == Action.DROP ? "drop" : "write rows of",
                                    MessageText.object(effect.object())));
                }
            }
            HoleRepairNeeds.Lack lack = needs.of(footprint.upgrade());
            if (lack != null) {
                String maker = maker(lack.object(), revision.revision());
                List<ObjectName> gone = lacking(revision.revision(), set).stream().map(Discrepancy::object).toList();
                return unsafe(
                        "%s cannot run again, because %s does not exist. Find out who removed %s, and restore %s."
                                .formatted(id, MessageText.object(lack.object()),
                                        gone.isEmpty() ? "it" : MessageText.fewObjects(gone),
                                        gone.size() > 1 ? "them" : "it"),
                        "%s %s %s%s.".formatted(id, lack.clause(), MessageText.object(lack.object()),
                                maker == null ? "" : ", which %s creates".formatted(MessageText.id(maker))));
            }
            return null;
        }

        private static Obstacle unsafe(String what, String detail) {
            return new Obstacle(what, List.of(detail), null);
        }

        /** The last revision before this one that makes an object; absent: none is known to. */
        private @Nullable String maker(ObjectName object, String before) {
            return scripts.graph().topological(scripts.graph().implied(List.of(before))).stream()
                    .filter(id -> !id.equals(before) && makes(scripts.footprints().get(id), object))
                    .reduce((_, last) -> last).orElse(null);
        }

        private boolean makes(@Nullable Footprint footprint, ObjectName object) {
            return footprint != null && footprint.upgrade().changes().stream()
                    .filter(change -> change.action() == Action.CREATE || change.action() == Action.RENAME)
                    .anyMatch(change -> change.lastName().resolved(defaultSchema).equals(object));
        }

        private static boolean isMadeBy(Footprint footprint, Change write) {
            return footprint.upgrade().changes().stream()
                    .anyMatch(effect -> effect.action() == Action.CREATE && effect.object().equals(write.object()));
        }

        private void remember(Footprint footprint) {
            for (Change effect : footprint.upgrade().changes()) {
                ObjectName object = effect.object().resolved(defaultSchema);
                made.add(object);
                made.add(effect.lastName().resolved(defaultSchema));
                if (effect.action() == Action.CREATE && object.kind() == ObjectKind.TABLE) {
                    remade.add(object);
                }
            }
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
