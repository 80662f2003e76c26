package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.inference.round.ScriptsReading;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was read of the scripts.
 *
 * @param source as the operator named it
 * @param heads without those that another revision depends on
 * @param digest of the whole scan; absent where the answer depends on ids alone
 */
record GateScripts(String source, int revisions, List<String> heads, @Nullable String digest) {
    GateScripts {
        heads = List.copyOf(heads);
    }

    /** For an answer that the ids of revisions decide. */
    static GateScripts of(History history, RevisionGraph graph) {
        return new GateScripts(history.source(), graph.revisions().size(),
                graph.realHeads().stream().distinct().toList(), null);
    }

    /** For an answer that holds for these scripts alone. */
    static GateScripts of(ScriptsReading read) {
        GateScripts scripts = of(read.history(), read.graph());
        return new GateScripts(scripts.source, scripts.revisions, scripts.heads, read.published().digest());
    }
}
