package dev.migrationledger.agent.physical;

import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.Alembic;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A folder with {@code alembic.ini}, as it is read without running it.
 *
 * @param footprints of each revision
 * @param files of each revision
 */
record Project(String name, RevisionGraph graph, Map<String, Footprint> footprints, Map<String, String> files) {

    static Project in(Path folder) {
        Alembic tool = new Alembic();
        ScriptsLocation location = new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", folder);
        History history = tool.read(location);
        Map<String, Footprint> footprints = new HashMap<>();
        Map<String, String> files = new HashMap<>();
        for (Revision revision : history.revisions()) {
            footprints.put(revision.revision(), tool.footprint(location, revision));
            files.put(revision.revision(), revision.file());
        }
        return new Project(folder.getFileName().toString(), history.graph(), footprints, files);
    }

    /** With revisions that could not be run and were stamped: they did nothing. */
    Project without(Set<String> leftOut) {
        Map<String, Footprint> known = new HashMap<>(footprints);
        leftOut.forEach(revision -> known.put(revision, Footprint.NONE));
        return new Project(name, graph, known, files);
    }
}
