package dev.migrationledger.core.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.merge.MergeAuthors.Origin;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeProposal.Approval;
import dev.migrationledger.contracts.merge.MergeProposal.Authors;
import dev.migrationledger.contracts.merge.MergeProposal.Expiry;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeWay;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergeAuthorshipTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Authors ADA = new Authors("b", Origin.PEOPLE, List.of("Ada"), List.of("ada"));
    private static final Authors UNKNOWN = new Authors("c", Origin.UNKNOWN, List.of(), List.of());

    @Test
    void revisions_of_the_same_authors_are_named_together() {
        assertThat(MergeAuthorship.authors(merge(null, false, List.of(ADA,
                new Authors("b2", Origin.PEOPLE, List.of("Ada"), List.of("ada")),
                new Authors("c", Origin.PEOPLE, List.of("Bob", "Cy"), List.of()),
                new Authors("m", Origin.TOOL, List.of(), List.of()), new Authors("d", Origin.UNKNOWN, List.of(),
                        List.of())))))
                .isEqualTo("b and b2 by Ada; c by Bob and Cy, unknown to the ledger;"
                        + " m as the migration tool writes it; d not known");
        assertThat(MergeAuthorship.authors(merge(null, false, List.of(UNKNOWN)))).isEqualTo("not known");
        assertThat(MergeAuthorship.authors(merge(null, false, List.of()))).isEqualTo("not known");
    }

    @Test
    void the_sentence_names_who_has_to_approve_still() {
        assertThat(MergeSentences.headline(merge(null, false, List.of(ADA, UNKNOWN), by("ada"))))
                .isEqualTo("The merge of b and c needs an approval of someone who did not write b.");
        assertThat(MergeSentences.headline(merge("bob", false, List.of(ADA, UNKNOWN), by("ada"), by("bob"))))
                .isEqualTo("The merge of b and c needs an approval of someone who neither proposed it nor wrote b.");
        assertThat(MergeSentences.headline(merge("bob", false, List.of(ADA, UNKNOWN), by("bob"))))
                .isEqualTo("The merge of b and c needs an approval of someone who did not propose it.");
        assertThat(MergeSentences.headline(merge(null, true, List.of(ADA, UNKNOWN), by("bob"))))
                .isEqualTo("The merge of b and c needs to know who wrote c.");
        assertThat(MergeSentences.headline(merge(null, true, List.of(ADA, UNKNOWN))))
                .isEqualTo("The merge of b and c needs 1 approval.");
    }

    @Test
    void only_people_of_the_ledger_have_to_be_someone_else() {
        assertThat(MergeAuthorship.whoMay(merge(null, false, List.of(ADA, UNKNOWN))))
                .isEqualTo("b was written by Ada; someone else has to approve.");
        assertThat(MergeAuthorship.whoMay(merge(null, false, List.of(UNKNOWN)))).isEmpty();
        assertThat(MergeAuthorship.limit(merge(null, false, List.of(ADA)), by("ada")))
                .isEqualTo("wrote b and does not approve alone");
        assertThat(MergeAuthorship.limit(merge(null, false, List.of(ADA)), by("bob"))).isEmpty();
    }

    @Test
    void an_approval_that_ended_is_named_until_it_is_given_again() {
        Approval ended = new Approval("ada", NOON, 0, 0, Expiry.CONTENT_CHANGED, NOON, null);
        assertThat(MergeSentences.ended(merge(null, false, List.of(), ended)))
                .isEqualTo("The approval of ada ended: what would be merged changed.");
        assertThat(MergeSentences.ended(merge(null, false, List.of(), by("ada"), ended))).isEmpty();
    }

    private static Approval by(String person) {
        return new Approval(person, NOON, 0, 0, null, null, null);
    }

    private static MergeProposal merge(
            @Nullable String by, boolean authorsNeeded, List<Authors> authors, Approval... approvals) {
        MergeContent content = new MergeContent(List.of("a"), List.of(new Side("b", List.of(), List.of(), List.of()),
                new Side("c", List.of(), List.of(), List.of())), List.of(), MergeWay.MERGE, List.of());
        return new MergeProposal(new UUID(0, 7), "navbot", Status.OPEN, by, NOON, content, List.of(),
                List.of(approvals), 1, authors, authorsNeeded, false, null, null, List.of(), List.of(), false, null);
    }
}
