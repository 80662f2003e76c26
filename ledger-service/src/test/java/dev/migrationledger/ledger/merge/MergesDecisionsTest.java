package dev.migrationledger.ledger.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.MergeEvent.MergeApplied;
import dev.migrationledger.contracts.event.MergeEvent.MergeApprovalExpired;
import dev.migrationledger.contracts.event.MergeEvent.MergeAuthorsKnown;
import dev.migrationledger.contracts.event.MergeEvent.MergeClosed;
import dev.migrationledger.contracts.merge.MergeAuthors.Origin;
import dev.migrationledger.contracts.merge.MergeAuthors;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeProposal.Expiry;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.policy.MergeRule;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.merge.MergeOutcome.Joined;
import dev.migrationledger.ledger.author.KnownAuthors.FileOrigin;
import dev.migrationledger.ledger.merge.MergesCommand.ApproveMerge;
import dev.migrationledger.ledger.merge.MergesCommand.Observe;
import dev.migrationledger.ledger.merge.MergesCommand.Outcome;
import dev.migrationledger.ledger.merge.MergesCommand.Propose;
import dev.migrationledger.ledger.merge.MergesResult.AddressUnknown;
import dev.migrationledger.ledger.recording.stream.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Four eyes count people: who proposed a merge or wrote any of it does not approve it alone. */
class MergesDecisionsTest {

    private static final String ADA = "https://id.example.org ada";
    private static final String BOB = "https://id.example.org bob";
    private static final String CY = "https://id.example.org cy";
    private static final MergeRule TWO = new MergeRule(2, 2);
    private static final MergeRule KNOWN = new MergeRule(1, 1, MergeRule.Authors.KNOWN, null);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Map<String, FileOrigin> files = new TreeMap<>();
    private MergesState state = MergesState.DEFINITION.initial();
    private MergeRule rule = MergeRule.DEFAULT;
    private Set<String> approvers = Set.of(ADA, BOB, CY, "local");
    private @Nullable Outcome outcome;
    private long chance;

    @Test
    void the_author_of_a_side_does_not_approve_alone() {
        wrote("b", ADA);
        wrote("c", BOB);
        observe("b", "c");
        approve(ADA);
        assertThat(approved()).isFalse();
        approve(BOB);
        assertThat(approved()).as("two authors are not four eyes").isFalse();
        approve(CY);
        assertThat(approved()).isTrue();
    }

    @Test
    void where_two_have_to_approve_an_author_counts_as_one_of_them() {
        rule = TWO;
        wrote("b", ADA);
        observe("b", "c");
        approve(ADA);
        assertThat(approved()).isFalse();
        approve(CY);
        assertThat(approved()).isTrue();
    }

    @Test
    void who_proposed_and_who_wrote_are_not_enough_together() {
        rule = TWO;
        wrote("b", ADA);
        decide(new Propose("p", NOON, ++chance, BOB, content("b", "c"), MergeWay.MERGE, files));
        approve(ADA);
        approve(BOB);
        assertThat(approved()).isFalse();
        approve(CY);
        assertThat(approved()).isTrue();
    }

    @Test
    void a_file_that_the_tool_writes_has_no_author() {
        files.put(digest("b"), new FileOrigin(true, List.of("Ada"), Set.of(ADA)));
        observe("b", "c");
        approve(ADA);
        assertThat(merge().authors()).contains(new MergeAuthors("b", digest("b"), Origin.TOOL, List.of()));
        assertThat(approved()).isTrue();
    }

    @Test
    void an_author_who_becomes_known_later_ends_what_was_enough() {
        observe("b", "c");
        approve(ADA);
        assertThat(approved()).as("nothing is known of authors").isTrue();
        wrote("b", ADA);
        assertThat(observe("b", "c")).containsExactly(new MergeAuthorsKnown(merge().merge(), List.of(
                new MergeAuthors("b", digest("b"), Origin.PEOPLE, List.of(ADA)),
                new MergeAuthors("c", digest("c"), Origin.UNKNOWN, List.of()))));
        assertThat(approved()).isFalse();
        assertThat(merge().counting()).as("it counts, beside another one").hasSize(1);
        assertThat(observe("b", "c")).as("said once").isEmpty();
        files.clear();
        observe("b", "c");
        assertThat(approved()).as("what is known was withdrawn").isTrue();
    }

    @Test
    void the_newest_knowledge_counts_when_someone_approves() {
        observe("b", "c");
        wrote("c", ADA);
        approve(ADA);
        assertThat(merge().authors()).extracting(MergeAuthors::origin).containsExactly(Origin.UNKNOWN, Origin.PEOPLE);
        assertThat(approved()).isFalse();
    }

    @Test
    void without_sign_in_everyone_is_the_local_administrator() {
        wrote("b", ADA);
        rule = KNOWN;
        observe("b", "c");
        approve("local");
        assertThat(approved()).isTrue();
    }

    @Test
    void a_policy_that_asks_for_authors_is_not_met_as_long_as_one_is_not_known() {
        rule = KNOWN;
        wrote("b", BOB);
        observe("b", "c");
        approve(CY);
        assertThat(approved()).as("c may be written by Cy").isFalse();
        files.put(digest("c"), new FileOrigin(false, List.of("Dee"), Set.of()));
        observe("b", "c");
        assertThat(approved()).as("by someone whom the ledger does not know").isTrue();
    }

    @Test
    void a_policy_that_asks_for_authors_hears_only_people_who_can_be_compared_with_them() {
        rule = KNOWN;
        observe("b", "c");
        Decision<MergesResult> decision = MergesDecisions.decide(state, new ApproveMerge("p", NOON, ++chance,
                merge().merge(), CY, false, rule, 0, List.of(), files, null));
        assertThat(decision.result()).isInstanceOf(AddressUnknown.class);
        assertThat(decision.events()).isEmpty();
    }

    @Test
    void who_wrote_what_came_with_a_merge_beyond_what_was_proposed_does_not_approve_it_alone() {
        observe("b", "c");
        wrote("m", ADA);
        outcome = new Outcome(new Joined("m", MergeWay.MERGE), false, Set.of("production"), List.of(revision("m")));
        observe();
        approve(ADA);
        assertThat(approved()).isFalse();
        approve(BOB);
        assertThat(approved()).isTrue();
    }

    @Test
    void who_commits_the_merge_that_was_proposed_is_not_its_author() {
        observe("b", "c");
        approve(ADA);
        wrote("m", ADA);
        outcome = new Outcome(new Joined("m", MergeWay.MERGE), true, Set.of("production"), List.of());
        UUID id = merge().merge();
        assertThat(observe()).contains(new MergeApplied(id, "production", true), new MergeClosed(id, true));
    }

    @Test
    void an_approver_who_loses_the_role_between_approval_and_writing_does_not_count() {
        observe("b", "c");
        approve(ADA);
        approvers = Set.of(BOB);
        outcome = new Outcome(new Joined("m", MergeWay.MERGE), true, Set.of("production"), List.of());
        UUID id = merge().merge();
        assertThat(observe()).contains(new MergeApprovalExpired(id, ADA, Expiry.ROLE_WITHDRAWN),
                new MergeApplied(id, "production", false)).doesNotContain(new MergeClosed(id, true));
        assertThat(approved()).isFalse();
    }

    @Test
    void a_merge_whose_heads_vanish_is_over_and_its_approvals_with_it() {
        wrote("b", ADA);
        observe("b", "c");
        approve(CY);
        UUID id = merge().merge();
        assertThat(observe()).containsExactly(new MergeClosed(id, false));
        assertThat(state.merges()).isEmpty();
        observe("b", "c");
        assertThat(merge().merge()).as("the same fork again is another proposal").isNotEqualTo(id);
        assertThat(approved()).isFalse();
    }

    private void wrote(String revision, String person) {
        files.put(digest(revision), new FileOrigin(false, List.of(person.substring(person.length() - 3)),
                Set.of(person)));
    }

    /** @param heads none: the fork is gone */
    private List<Event> observe(String... heads) {
        Map<UUID, Outcome> joined = new TreeMap<>();
        Outcome known = outcome;
        if (known != null) {
            merges().forEach(id -> joined.put(id, known));
        }
        return decide(new Observe("p", NOON, ++chance, heads.length == 0 ? List.of() : List.of(content(heads)), joined,
                List.of(),
                Set.of("production"), rule, 0, approvers, files));
    }

    private void approve(String person) {
        Outcome known = outcome;
        decide(new ApproveMerge("p", NOON, ++chance, merge().merge(), person, true, rule, 0,
                known == null ? List.of() : known.beyond(), files, null));
    }

    private List<Event> decide(MergesCommand command) {
        Decision<MergesResult> decision = MergesDecisions.decide(state, command);
        decision.events().forEach(event -> state = MergesState.DEFINITION.evolve(state, event));
        return decision.events().stream().map(RecordedEvent::event).toList();
    }

    private boolean approved() {
        return merge().isApproved(rule);
    }

    private Merge merge() {
        assertThat(state.merges()).hasSize(1);
        return state.merges().getFirst();
    }

    private List<UUID> merges() {
        return state.merges().stream().map(Merge::merge).toList();
    }

    private static MergeContent content(String... heads) {
        return new MergeContent(List.of("a"), List.of(heads).stream().map(head -> new Side(head,
                List.of(new SideRevision(revision(head), false, List.of())), List.of(), List.of())).toList(),
                List.of(), MergeWay.MERGE, List.of());
    }

    private static Revision revision(String id) {
        return new Revision(id, List.of("a"), List.of(), List.of(), null, id + ".py", digest(id));
    }

    private static String digest(String id) {
        return id.repeat(64);
    }
}
