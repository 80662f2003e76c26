package dev.migrationledger.ledger.divergence.across;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.environment.Standing;
import dev.migrationledger.contracts.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A merge was seen to run that nobody had approved. Merges that had run before anybody watched are history, and those that are in the
 * scripts alone may still be approved: neither is told.
 */
final class UnapprovedMerge implements AcrossRule {

    @Override
    public DivergenceCode code() {
        return DivergenceCode.UNAPPROVED_MERGE;
    }

    @Override
    public Map<String, List<Finding>> judge(ProjectSeen project) {
        Map<String, List<Finding>> found = new TreeMap<>();
        project.environments().values().stream()
                .filter(EnvironmentSeen::isPlaced)
                .forEach(it -> found.put(it.name(), findings(it)));
        return found;
    }

    private static List<Finding> findings(EnvironmentSeen here) {
        List<Finding> findings = new ArrayList<>();
        for (String merge : here.graph().mergePoints()) {
            Standing standing = here.standings().get(merge);
            if (standing != null && standing.kind() == Standing.Kind.APPLIED
                    && !here.approvedMerges().contains(merge)) {
                List<String> parents = here.graph().find(merge).map(Revision::parents).orElse(List.of());
                findings.add(new Finding(
                        DivergenceCode.UNAPPROVED_MERGE, Severity.INFO, merge,
                        "The merge %s of %s ran here and was approved by nobody whom the ledger knows. Look at what both sides do."
                                .formatted(Naming.id(merge), Naming.ids(parents)),
                        evidence(merge, parents),
                        List.of()));
            }
        }
        return findings;
    }

    private static List<Exhibit> evidence(String merge, List<String> parents) {
        List<Exhibit> evidence = new ArrayList<>();
        evidence.add(Exhibit.revision(merge));
        parents.forEach(parent -> evidence.add(new Exhibit("parent", parent, null)));
        return evidence;
    }
}
