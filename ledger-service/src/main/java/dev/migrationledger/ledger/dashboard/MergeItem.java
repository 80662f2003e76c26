package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.merge.MergeSentences;
import java.util.UUID;

/**
 * A merge that is not over, in words.
 *
 * @param address of its page
 */
public record MergeItem(String project, String sentence, String address) {

    public static MergeItem of(MergeProposal merge) {
        return new MergeItem(merge.project(), Redaction.of(
                "%s %s".formatted(MergeSentences.headline(merge), MergeSentences.ended(merge)).strip()),
                address(merge.project(), merge.merge()));
    }

    /** Of a merge's page. */
    static String address(String project, UUID merge) {
        return "/projects/%s/merges/%s".formatted(project, merge);
    }
}
