package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.policy.MergeRule;
import dev.migrationledger.ledger.divergence.ProposedMerges;
import dev.migrationledger.ledger.divergence.project.ProposedMerge;
import dev.migrationledger.ledger.policy.ProjectPolicies;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Merges that are not over, and whether enough people approved them. */
final class OpenMerges implements ProposedMerges {

    private final MergesView merges;
    private final ProjectPolicies policies;

    OpenMerges(MergesView merges, ProjectPolicies policies) {
        this.merges = merges;
        this.policies = policies;
    }

    @Override
    public List<ProposedMerge> proposed(String project) {
        return proposed(project, merges.open(project));
    }

    @Override
    public Map<String, List<ProposedMerge>> proposed() {
        Map<String, List<ProposedMerge>> all = new TreeMap<>();
        merges.open().forEach((project, open) -> all.put(project, proposed(project, open)));
        return all;
    }

    private List<ProposedMerge> proposed(String project, List<Merge> open) {
        if (open.isEmpty()) {
            return List.of();
        }
        MergeRule rule = policies.demands(project).policy().merges();
        return open.stream().map(one -> new ProposedMerge(one.content(), one.isApproved(rule))).toList();
    }
}
