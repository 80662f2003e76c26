package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.branch.BranchSentences;
import java.util.List;
import java.util.Map;

/**
 * What is in the way of branches, in words.
 *
 * @param address of all branches of the project
 */
public record BranchItem(String project, String sentence, String address) {

    /** At most so many. */
    public static List<BranchItem> of(Map<String, List<OpenBranch>> branches, int most) {
        return branches.entrySet().stream().flatMap(one -> BranchSentences.all(one.getValue()).stream()
                .map(sentence -> new BranchItem(one.getKey(), Redaction.of(sentence),
                        "/api/v1/projects/%s/branches".formatted(one.getKey()))))
                .limit(most).toList();
    }
}
