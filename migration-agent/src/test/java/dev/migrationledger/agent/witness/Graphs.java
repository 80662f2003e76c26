package dev.migrationledger.agent.witness;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.Arrays;
import java.util.List;

/** Graphs as a test draws them. */
final class Graphs {

    private Graphs() {}

    /** {@code id: parents + dependencies}. */
    static RevisionGraph of(String... drawn) {
        return RevisionGraph.of(Arrays.stream(drawn)
                .map(line -> {
                    String[] parts = (line + (line.contains(":") ? "" : ":")).split("[:+]", -1);
                    return revision(parts[0].strip(), ids(parts[1]), parts.length > 2 ? ids(parts[2]) : List.of());
                })
                .toList());
    }

    static Revision revision(String id, List<String> parents, List<String> dependsOn) {
        return new Revision(id, parents, dependsOn, List.of(), null, id + ".py", "digest");
    }

    private static List<String> ids(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split(" ", -1));
    }
}
