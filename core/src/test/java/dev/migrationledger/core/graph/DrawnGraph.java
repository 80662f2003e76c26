package dev.migrationledger.core.graph;

import dev.migrationledger.testsupport.graph.DrawnHistory;

/** Graphs of histories that a test draws. */
final class DrawnGraph {

    private DrawnGraph() {}

    static RevisionGraph of(String drawing) {
        return RevisionGraph.of(DrawnHistory.revisions(drawing));
    }
}
