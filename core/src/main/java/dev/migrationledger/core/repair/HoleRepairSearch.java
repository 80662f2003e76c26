package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.Discrepancy.Kind;
import dev.migrationledger.core.repair.HoleRepair.Obstacle;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.SchemaAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the revisions that fill a hole when they run again, parents first, and what later revisions changed of their objects. */
final class HoleRepairSearch {

    /** A longer list of commands is too long to type. */
    private static final int MOST_RUN = 5;

    private final ScriptsSeen scripts;
    private final SchemaAnalysis schema;
    private final List<String> set;
    private final @Nullable String defaultSchema;
    private final RunTraces traces;
    private final RerunObstacles obstacles;

    /** Tables that the revisions so far create again, without what later revisions changed of them. */
    private final Set<ObjectName> remade = new TreeSet<>();
    private final Set<ObjectName> made = new TreeSet<>();

    HoleRepairSearch(ScriptsSeen scripts, SchemaSeen live, SchemaAnalysis schema, List<String> set) {
        this.scripts = scripts;
        this.schema = schema;
        this.set = set;
        this.defaultSchema = live.defaultSchema();
        this.traces = new RunTraces(scripts, live, schema);
        this.obstacles = new RerunObstacles(scripts, live, traces, set);
    }

    HoleRepair repair() {
        Set<String> makers = new LinkedHashSet<>();
        for (Discrepancy discrepancy : schema.against().apply(set)) {
            String maker = discrepancy.revisions().isEmpty() ? null : discrepancy.revisions().getLast();
            if (discrepancy.kind() == Kind.UNEXPECTED || maker == null || !traces.isUntouched(maker)) {
                HoleExplanation.Unfillable hole = new HoleExplanation(scripts, schema, traces, set).of(discrepancy,
                        maker);
                return stopped(hole.set(), hole.obstacle());
            }
            makers.add(maker);
        }
        List<Revision> missing = new ArrayList<>();
        List<String> remainders = new ArrayList<>();
        for (String id : scripts.graph().topological(scripts.graph().implied(set))) {
            Revision revision = scripts.graph().find(id).orElseThrow();
            Footprint footprint = traces.footprint(id);
            List<Change> onRemade = footprint == null ? List.of() : onRemade(footprint);
            if (makers.contains(id) || isWhollyOnRemade(footprint, onRemade)) {
                Obstacle obstacle = obstacles.of(revision, footprint);
                if (obstacle != null) {
                    return stopped(set, obstacle);
                }
                missing.add(revision);
                remember(Objects.requireNonNull(footprint));
            } else if (!onRemade.isEmpty()) {
                remainders.add("%s also changes %s, which is still missing.".formatted(MessageText.id(id),
                        MessageText.objects(new LinkedHashSet<>(onRemade.stream().map(Change::object).toList()))));
            }
        }
        return missing.isEmpty() || missing.size() > MOST_RUN
                ? stopped(set, Obstacle.of("Find out what happened first: %s would have to run again one by one."
                        .formatted(Count.of(missing.size(), "revision")),
                        "They are %s.".formatted(MessageText.ids(makers))))
                : new HoleRepair(set, missing, made, remainders, traces::isProven, null, scripts.graph());
    }

    private HoleRepair stopped(List<String> at, Obstacle obstacle) {
        return new HoleRepair(at, List.of(), Set.of(), List.of(), traces::isProven, obstacle, scripts.graph());
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

    /** What a revision changed of tables that were dropped since, and that was therefore dropped with them. */
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
