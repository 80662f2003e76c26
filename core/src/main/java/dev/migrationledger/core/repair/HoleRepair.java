package dev.migrationledger.core.repair;

import static dev.migrationledger.contracts.diagnosis.DivergenceCode.SCHEMA_HOLE;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
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
     * @param what a person has to do, in sentences
     * @param byHand the revision whose statements, or some of them, a person has to run; absent: that is not it
     */
    record Obstacle(String what, @Nullable String byHand) {}

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
    String instead(Commands commands, List<String> stamped) {
        if (obstacle == null) {
            return "Bring the objects to where one set of revisions leaves them; '%s' prints the SQL of a revision without running it."
                    .formatted(commands.sql("PARENT", "REVISION"));
        }
        String revision = obstacle.byHand;
        if (revision == null) {
            return obstacle.what;
        }
        List<String> parents = graph.find(revision).map(Revision::parents).orElse(List.of());
        String print = parents.size() == 1
                ? "'%s' prints its SQL.%s ".formatted(commands.sql(parents.getFirst(), revision), commands.pathFirst())
                : "";
        boolean mustStamp = !graph.implied(stamped).contains(revision)
                && graph.upgradePath(stamped, set).equals(List.of(revision));
        return obstacle.what + " " + print + (mustStamp
                ? "When all of it is there, run '%s': without that, the next upgrade repeats %s.".formatted(
                        commands.stamp(set, stamped.size() != 1), MessageText.id(revision))
                : "Then look again.");
    }

    void write(Commands commands, List<String> rows, Draft draft) {
        List<String> ran = graph.upgradePath(rows, set).stream()
                .filter(revision -> missing.stream().noneMatch(one -> one.revision().equals(revision))).toList();
        String story = ran.isEmpty()
                ? ""
                : "The schema looks as if %s had run and %s had not. ".formatted(MessageText.ids(ran),
                        MessageText.ids(missing.stream().map(Revision::revision).toList()));
        for (Revision revision : missing) {
            String parent = revision.parents().getFirst();
            draft.run(HOLE, commands.rerun(parent, revision.revision()),
                    (story + "It runs only the SQL of %s, whole or not at all. Nothing of it is in the schema, so nothing is overwritten. "
                            + "To look at the SQL first, type only the part before '&&', which writes it to %s. %s "
                            + "Alembic's own options, such as '-x tenant=a', belong before 'upgrade'. DATABASE_URL must be as psql takes it, without a driver's name.%s")
                            .formatted(MessageText.id(revision.revision()), Commands.RERUN_FILE, rows.contains(parent)
                                    ? "At its end it moves the row %s to %s; the next step corrects that."
                                            .formatted(MessageText.id(parent), MessageText.id(revision.revision()))
                                    : "Its last statement, on the version table, matches no row.", commands.setsPath()),
                    "psql prints no ERROR (it warns of a second BEGIN), and its objects are no longer missing.");
        }
        if (!remainders.isEmpty()) {
            draft.stop(HOLE, String.join(" ", remainders)
                    + " Print the SQL as above, and run only the statements on these objects; then look again."
                    + commands.pathFirst(),
                    "The schema matches one set of revisions.");
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
                    String obstacle = obstacle(revision, footprint);
                    if (obstacle != null) {
                        return impossible(obstacle);
                    }
                    if (Objects.requireNonNull(footprint).upgrade().commits() != null) {
                        return byHand(id,
                                "Nothing of %s is in the schema. Run its statements one by one: %s commits on its way, so a failure would leave half of it."
                                        .formatted(MessageText.id(id), MessageText.id(id)));
                    }
                    if (isPathUnknown) {
                        return byHand(id,
                                "Nothing of %s is in the schema. env.py computes the search path, so printed SQL could change objects of another schema."
                                        .formatted(MessageText.id(id)));
                    }
                    missing.add(revision);
                    remember(Objects.requireNonNull(footprint));
                } else if (!onRemade.isEmpty()) {
                    remainders.add("%s also changes %s, which is still missing.".formatted(MessageText.id(id),
                            MessageText.objects(new LinkedHashSet<>(onRemade.stream().map(Change::object).toList()))));
                }
            }
            return missing.isEmpty() || missing.size() > MOST_RUN
                    ? impossible("%s would have to run again one by one: %s. Find out what happened first."
                            .formatted(MessageText.count(missing.size(), "revision"), MessageText.ids(makers)))
                    : new HoleRepair(set, missing, made, remainders, this::isProven, null, scripts.graph());
        }

        private HoleRepair byHand(String revision, String what) {
            return new HoleRepair(set, List.of(), Set.of(), List.of(), this::isProven, new Obstacle(what, revision),
                    scripts.graph());
        }

        private HoleRepair impossible(String what) {
            return new HoleRepair(set, List.of(), Set.of(), List.of(), this::isProven, new Obstacle(what, null),
                    scripts.graph());
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
                        ? "%s still exists, and %s removes it. Find out who created it again, and whether anything uses it."
                        : "%s already exists, and %s creates it. Find out who created it, and whether it is as the revision leaves it.")
                        .formatted(object, MessageText.id(maker)));
            }
            if (maker != null && isPartial(maker)) {
                return inPart(maker, set);
            }
            if (discrepancy.kind() == Kind.MISSING && maker != null) {
                return impossible(
                        "%s is missing, which %s leaves. Find out who dropped it, and create it as the revision does."
                                .formatted(object, MessageText.id(maker)));
            }
            return impossible(
                    "%s is not as any revision leaves it. Find out who changed it, and change it to what one of them leaves."
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
            return new HoleRepair(of, List.of(), Set.of(), List.of(), this::isProven,
                    new Obstacle(whatIsLeft(revision, lacking(revision, of)), revision),
                    scripts.graph());
        }

        private boolean isPartial(String revision) {
            Traces traces = schema.traces().get(revision);
            return traces != null && traces.lacking() > 0 && (traces.found() > 0 || !isUntouched(revision));
        }

        /** What is left to do of a revision that ran in part: what a schema shows, and what it does not. */
        private String whatIsLeft(String revision, List<Discrepancy> lacking) {
            Footprint footprint = scripts.footprints().get(revision);
            List<Change> rows = footprint == null
                    ? List.of()
                    : footprint.upgrade().changes().stream().filter(effect -> effect.action() == Action.WRITE).toList();
            List<String> unread = footprint == null
                    ? List.of()
                    : footprint.upgrade().unknowns().stream().map(place -> "line " + place.line()).distinct().toList();
            return "%s ran in part. Run only those of its statements that did not run: %s.%s%s%s"
                    .formatted(MessageText.id(revision), MessageText.discrepancies(lacking),
                            lacking.stream().anyMatch(InvalidIndex::is)
                                    ? " Drop what is invalid before you create it again."
                                    : "",
                            rows.isEmpty()
                                    ? ""
                                    : " It also writes rows of %s, which the schema cannot show: check whether that happened."
                                            .formatted(MessageText.rows(rows)),
                            unread.isEmpty()
                                    ? ""
                                    : " Not all of it can be read (%s): check these places, too.".formatted(
                                            MessageText.list(unread)));
        }

        /** Why a revision cannot be run by printing its SQL. */
        private @Nullable String obstacle(Revision revision, @Nullable Footprint footprint) {
            String id = MessageText.id(revision.revision());
            if (revision.parents().size() != 1 || !revision.dependsOn().isEmpty()) {
                return "Nothing of %s is in the schema. Its SQL cannot be printed alone because it has %s: print that of its branch and run only its own statements."
                        .formatted(id, revision.parents().isEmpty() ? "no parent" : "several revisions before it");
            }
            if (footprint == null || !footprint.upgrade().isRead()) {
                return "Nothing of %s is in the schema, and not all of its file can be read. Read it, and run what is missing by hand."
                        .formatted(id);
            }
            for (Change effect : footprint.upgrade().changes()) {
                if (!effect.condition().isAlways()) {
                    return "Nothing of %s is in the schema. Its changes depend on a condition (line %d), which printed SQL may not check: run what is missing by hand."
                            .formatted(id, effect.location().line());
                }
                if (effect.action() == Action.DROP
                        || (effect.action() == Action.WRITE && !isMadeBy(footprint, effect))) {
                    return "Nothing of %s is in the schema, and it would %s %s now, in rows that it was not written for. Decide which of its statements should still run."
                            .formatted(id, effect.action() == Action.DROP ? "drop" : "write rows of",
                                    MessageText.object(effect.object()));
                }
            }
            HoleRepairNeeds.Lack lack = needs.of(footprint.upgrade());
            if (lack != null) {
                String maker = maker(lack.object(), revision.revision());
                List<ObjectName> gone = lacking(revision.revision(), set).stream().map(Discrepancy::object).toList();
                return "%s cannot run again: it %s %s, which does not exist%s. Find out who removed %s, and restore %s."
                        .formatted(id, lack.clause(), MessageText.object(lack.object()),
                                maker == null ? "" : " (" + MessageText.id(maker) + " makes it)",
                                gone.isEmpty() ? "it" : MessageText.objects(gone), gone.size() > 1 ? "them" : "it");
            }
            return null;
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
