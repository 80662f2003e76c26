package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.divergence.project.ProposedMerge;
import java.util.List;
import java.util.Map;

/** Proposals to bring several heads together. */
public interface ProposedMerges {

    /** Those that are not over. */
    List<ProposedMerge> proposed(String project);

    /** By project, of all that have any. */
    Map<String, List<ProposedMerge>> proposed();
}
