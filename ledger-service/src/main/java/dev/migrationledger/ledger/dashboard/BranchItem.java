package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.branch.BranchSentences;
import dev.migrationledger.ledger.page.PageAddress;
import java.util.List;
import java.util.Map;

/**
 * What is in the way of branches, in words.
 *
 * @param address of the project's page, which has its branches
 */
public record BranchItem(String project, String sentence, String address) {

    /** At most so many. */
    public static List<BranchItem> of(Map<String, List<OpenBranch>> branches, int most) {
        return branches.entrySet().stream().flatMap(one -> BranchSentences.all(one.getValue()).stream()
                .map(sentence -> new BranchItem(one.getKey(), Redaction.of(sentence),
                        PageAddress.project(one.getKey()) + "#branches")))
                .limit(most).toList();
    }
}
