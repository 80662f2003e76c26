package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.tool.History;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.List;

/**
 * What was read of the scripts.
 *
 * @param source as the operator named it
 * @param heads without those that another revision depends on
 */
record GateScripts(String source, int revisions, List<String> heads) {
    GateScripts {
        heads = List.copyOf(heads);
    }

    static GateScripts of(History history, RevisionGraph graph) {
        return new GateScripts(history.source(), graph.revisions().size(),
                graph.realHeads().stream().distinct().toList());
    }
}
