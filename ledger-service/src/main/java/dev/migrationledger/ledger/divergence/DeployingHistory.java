package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.revision.FileComparison;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot.SourceSeen;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.History;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Variant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The history of a project, and scripts that are about to be deployed: a file of theirs that another source has otherwise is an edited one,
 * although no agent has reported it.
 *
 * @param contested with those of the scripts
 */
record DeployingHistory(History reported, Set<String> contested) implements History {

    static DeployingHistory of(
            History reported, EnvironmentSnapshot deploying, Collection<EnvironmentSnapshot> others) {
        Set<String> contested = new TreeSet<>(reported.contested());
        RevisionGraph now = deploying.sources().isEmpty()
                ? RevisionGraph.of(List.of())
                : deploying.sources().getFirst().graph();
        // Many environments have the same scripts.
        Collection<RevisionGraph> known = Stream
                .concat(deploying.sources().stream().skip(1), others.stream().flatMap(it -> it.sources().stream()))
                .collect(Collectors.toMap(SourceSeen::digest, SourceSeen::graph, (one, _) -> one)).values();
        for (RevisionGraph other : known) {
            for (Revision revision : now.revisions()) {
                other.find(revision.revision())
                        .filter(it -> isAnother(it.compare(revision)))
                        .ifPresent(it -> contested.add(it.revision()));
            }
        }
        return new DeployingHistory(reported, contested);
    }

    private static boolean isAnother(FileComparison comparison) {
        return switch (comparison) {
            case SAME_MEANING, DIFFERENT -> true;
            case SAME_FILE, NOT_COMPARABLE -> false;
        };
    }

    @Override
    public List<Variant> variants(String revision) {
        return reported.variants(revision);
    }
}
