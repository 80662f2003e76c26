package dev.migrationledger.core.merge;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A drawn history, what its revisions do, and where they ran. */
final class Forked {

    private final List<Revision> revisions;
    private final Map<String, Footprint> footprints = new HashMap<>();
    private final List<PlacedEnvironment> environments = new ArrayList<>();

    private Forked(List<Revision> revisions) {
        this.revisions = new ArrayList<>(revisions);
    }

    /** Each revision creates a table of its name. */
    static Forked drawn(String drawing) {
        Forked forked = new Forked(DrawnHistory.revisions(drawing));
        forked.revisions.forEach(one -> forked.creates(one.revision(), one.revision()));
        return forked;
    }

    Forked creates(String revision, String table) {
        return does(revision, new Effect.Create(ObjectName.table("public", table), Definition.Table.UNKNOWN, false,
                Condition.ALWAYS, Location.line(3)));
    }

    Forked writes(String revision, String table) {
        return does(revision,
                new Effect.Write(ObjectName.table("public", table), Condition.ALWAYS, Location.line(4)));
    }

    Forked does(String revision, Effect... effects) {
        footprints.put(revision, new Footprint(new Effects(List.of(effects)), Effects.NONE));
        return this;
    }

    Forked unreadable(String revision) {
        footprints.remove(revision);
        return this;
    }

    /** An environment whose version table has these rows. */
    Forked at(String environment, String... rows) {
        return at(environment, RevisionStatus.Kind.APPLIED, rows);
    }

    Forked at(String environment, RevisionStatus.Kind kind, String... rows) {
        Map<String, RevisionStatus> statuses = new HashMap<>();
        for (String row : rows) {
            statuses.put(row, new RevisionStatus(row, kind, false, null, null));
        }
        environments.add(new PlacedEnvironment(environment, List.of(rows), graph().implied(List.of(rows)), statuses));
        return this;
    }

    Forked unknown(String environment) {
        environments.add(new PlacedEnvironment(environment, null, Set.of(), Map.of()));
        return this;
    }

    /** The file of a revision has other bytes; what it does has this digest. */
    Forked edited(String revision, String digest, String semantics) {
        revisions.replaceAll(one -> one.revision().equals(revision)
                ? new Revision(one.revision(), one.parents(), one.dependsOn(), one.labels(), "reworded", one.file(),
                        digest.repeat(64), new SemanticDigest(1, semantics, true, false))
                : one);
        return this;
    }

    RevisionGraph graph() {
        return RevisionGraph.of(revisions);
    }

    List<PlacedEnvironment> environments() {
        return environments;
    }

    MergeContent content() {
        return MergeContents.of(new ScriptsSeen("versions", graph(), List.of(), footprints),
                MergeContents.heads(graph()), null, environments, null);
    }
}
