package dev.migrationledger.ledger.merge;

import dev.migrationledger.contracts.merge.MergeRehearsal.Run;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.ledger.problem.Refusal;
import dev.migrationledger.ledger.problem.RequestFields;
import java.util.List;

/** A rehearsal as someone reports it. It is recorded for good and read on pages, so it has bounds. */
final class PostedRehearsal {

    private static final int MOST_RUNS = 50;
    private static final int MOST_REVISIONS = 1_000;

    private PostedRehearsal() {}

    static MergeRehearsal read(byte[] body) {
        MergeRehearsal rehearsal = RequestFields.readLarge(body, MergeRehearsal.class);
        few("runs", rehearsal.runs(), MOST_RUNS);
        few("revisions", rehearsal.revisions(), MOST_REVISIONS);
        for (Run run : rehearsal.runs()) {
            few("stops", run.stops(), MOST_REVISIONS);
            if (run.differences().size() > MergeRehearsal.MOST_DIFFERENCES) {
                throw Refusal.invalid("differences", "A run has %,d differences; send at most %,d and count the others."
                        .formatted(run.differences().size(), MergeRehearsal.MOST_DIFFERENCES));
            }
            if (run.failure() == null && run.fingerprint() == null) {
                throw Refusal.invalid("fingerprint",
                        "The run '%s' has neither a failure nor a fingerprint; send one of them."
                                .formatted(ListText.plain(run.stops(), 2)));
            }
        }
        return rehearsal;
    }

    private static void few(String field, List<?> list, int most) {
        if (list.isEmpty() || list.size() > most) {
            throw Refusal.invalid(field, "The list %s has %,d elements; send 1 to %,d.".formatted(field, list.size(),
                    most));
        }
    }
}
