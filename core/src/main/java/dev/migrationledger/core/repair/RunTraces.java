package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.SchemaEvidence.Traces;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.SchemaAnalysis;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How much of a revision is in the schema: all, a part, or nothing. */
final class RunTraces {

    private final ScriptsSeen scripts;
    private final SchemaAnalysis schema;
    private final @Nullable String defaultSchema;
    private final Set<ObjectName> present = new TreeSet<>();

    RunTraces(ScriptsSeen scripts, SchemaSeen live, SchemaAnalysis schema) {
        this.scripts = scripts;
        this.schema = schema;
        this.defaultSchema = live.defaultSchema();
        live.snapshot().objects().forEach(one -> present.add(one.object()));
    }

    @Nullable
    Footprint footprint(String revision) {
        return scripts.footprints().get(revision);
    }

    /** Whether all that a revision does is in the schema; rows, conditions and places that cannot be read are not. */
    boolean isProven(String revision) {
        Footprint footprint = footprint(revision);
        Traces traces = schema.traces().get(revision);
        return footprint != null && (footprint.upgrade().isNone()
                || (traces != null && traces.found() > 0 && traces.lacking() == 0
                        && footprint.upgrade().isRead()
                        && footprint.upgrade().changes().stream()
                                .allMatch(effect -> effect.action() != Action.WRITE
                                        && effect.condition().isAlways())));
    }

    /** Whether nothing that it creates exists, and everything that it drops still exists. */
    boolean isUntouched(String revision) {
        Traces traces = schema.traces().get(revision);
        Footprint footprint = footprint(revision);
        return traces != null && traces.found() == 0 && (footprint == null
                || footprint.upgrade().changes().stream()
                        .filter(effect -> effect.action() == Action.DROP && effect.condition().isAlways())
                        .allMatch(effect -> present.contains(effect.object().resolved(defaultSchema))));
    }

    /** Whether some of it is in the schema and some is not. */
    boolean isPartial(String revision) {
        Traces traces = schema.traces().get(revision);
        return traces != null && traces.lacking() > 0 && (traces.found() > 0 || !isUntouched(revision));
    }

    /** How the schema differs from this set of revisions in what the revision makes. */
    List<Discrepancy> lacking(String revision, List<String> of) {
        return schema.against().apply(of).stream().filter(it -> isOf(revision, it)).toList();
    }

    /** Whether this revision is the last that changed the object. */
    static boolean isOf(String revision, Discrepancy discrepancy) {
        return !discrepancy.revisions().isEmpty() && discrepancy.revisions().getLast().equals(revision);
    }

    boolean removes(String revision, ObjectName object) {
        Footprint footprint = footprint(revision);
        return footprint != null && footprint.upgrade().changes().stream()
                .filter(change -> change.action() == Action.DROP || change.action() == Action.RENAME)
                .anyMatch(change -> change.object().resolved(defaultSchema).equals(object));
    }

    boolean makes(String revision, ObjectName object) {
        Footprint footprint = footprint(revision);
        return footprint != null && footprint.upgrade().changes().stream()
                .filter(change -> change.action() == Action.CREATE || change.action() == Action.RENAME)
                .anyMatch(change -> change.lastName().resolved(defaultSchema).equals(object));
    }
}
