package dev.migrationledger.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RunEnded;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.GapReason.AgentNotRunning;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.situation.Observations.UnattributedChange;
import dev.migrationledger.core.situation.SeenChange.ObjectWritten;
import dev.migrationledger.core.situation.SeenChange.RowsEdited;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who has to answer for what. Times are minutes past noon. */
class RecentChangesTest {

    private static final UUID RUN = new UUID(4, 2);
    private static final Evidence BY_PSQL = Story.by("psql");

    private final Story story = new Story("trail").scripts("a b<a").table("a")
            .says(schema("one", null, 0, "accounts"), Occurrence.noLaterThan(minute(0)));

    @Test
    void objects_found_by_the_first_poll_need_no_explanation() {
        assertThat(unattributed()).isEmpty();
    }

    @Test
    void a_schema_change_without_a_migration_is_unexplained() {
        changed("one", "two", 4, 5);
        assertThat(unattributed()).singleElement().satisfies(change -> {
            assertThat(change.at()).isEqualTo(minute(5));
            assertThat(change.what())
                    .containsExactly(new ObjectWritten(ObjectName.table("public", "accounts")));
            assertThat(change.by()).isNull();
        });
    }

    @Test
    void a_migration_in_the_same_poll_explains_it_in_either_order() {
        applied(4, 5);
        changed("one", "two", 4, 5);
        assertThat(unattributed()).isEmpty();

        changed("two", "three", 9, 10);
        assertThat(unattributed()).hasSize(1);
        applied(9, 10);
        assertThat(unattributed()).isEmpty();
    }

    @Test
    void a_run_explains_what_changed_while_it_went_on() {
        run(4);
        changed("one", "two", 5, 6);
        assertThat(unattributed()).isEmpty();
        story.agent("run-1").says(new RunEnded(RUN, 0), Occurrence.exactly(minute(7))).agent("a1");
        changed("two", "three", 9, 10);
        assertThat(unattributed()).hasSize(1);
    }

    @Test
    void a_change_that_is_taken_back_is_forgotten() {
        changed("one", "two", 4, 5);
        changed("two", "three", 5, 6);
        assertThat(unattributed()).hasSize(2);
        changed("three", "one", 6, 7);
        assertThat(unattributed()).isEmpty();
    }

    @Test
    void a_later_migration_closes_what_was_before_it() {
        changed("one", "two", 4, 5);
        applied(20, 21);
        assertThat(unattributed()).isEmpty();
    }

    @Test
    void a_row_written_by_hand_has_its_hand() {
        edited(List.of("a"), List.of("a", "b"), 5);
        story.table("a", "b");
        assertThat(unattributed()).singleElement().satisfies(change -> {
            assertThat(change.what()).containsExactly(new RowsEdited(List.of("a"), List.of("a", "b")));
            assertThat(change.by()).isEqualTo(BY_PSQL.attribution());
        });
        story.at(6).table("a");
        assertThat(unattributed()).isEmpty();
    }

    @Test
    void a_migration_at_the_same_time_does_not_explain_a_row_written_by_hand_but_a_run_does() {
        edited(List.of("a"), List.of("a", "b"), 5);
        applied(4, 5);
        assertThat(unattributed()).hasSize(1);
        run(4);
        assertThat(unattributed()).isEmpty();
    }

    @Test
    void a_change_reported_in_several_parts_is_one() {
        story.says(schema("two", "one", 1, "accounts"), between(4, 5))
                .says(schema("two", "one", 0, "orders"), between(4, 5));
        assertThat(unattributed()).singleElement().satisfies(
                change -> assertThat(change.what()).hasSize(2));
    }

    @Test
    void a_blind_time_counts_only_where_something_had_changed_in_it() {
        story.at(9).says(new ObservationGap(minute(5), minute(9), new AgentNotRunning()));
        assertThat(story.view().gap()).isNull();
        story.table("b");
        assertThat(story.view().gap()).satisfies(gap -> {
            assertThat(gap.from()).isEqualTo(minute(5));
            assertThat(gap.reason()).isEqualTo(new AgentNotRunning());
        });
        story.at(20).says(new RevisionApplied("b", false, BY_PSQL), between(19, 20)).table("b");
        assertThat(story.view().gap()).isNull();
    }

    @Test
    void another_version_of_the_agent_changes_nothing_in_the_database() {
        changed("one", "two", 4, 5);
        List<UnattributedChange> before = unattributed();
        story.at(9).says(new ObservationGap(minute(5), minute(9), new AgentNotRunning()))
                .says(new VersionTableObserved(new VersionTable("public.alembic_version", VersionTable.State.PRESENT,
                        List.of("a"), "elsewhere.alembic_version")), Occurrence.noLaterThan(minute(9)))
                .says(new SchemaObserved(new Fingerprint(2, "other"), null, List.of(), List.of(), "public", 0),
                        Occurrence.noLaterThan(minute(9)))
                .says(new SchemaObserved(new Fingerprint(3, "another"), new Fingerprint(2, "other"), List.of(),
                        List.of(ObjectName.table("public", "accounts")), "public", 0), between(8, 9));
        assertThat(unattributed()).isEqualTo(before);
        assertThat(story.view().gap()).isNull();
    }

    private List<UnattributedChange> unattributed() {
        return story.view().unattributedChanges();
    }

    private void changed(String before, String after, int from, int until) {
        story.at(until).says(schema(after, before, 0, "accounts"), between(from, until));
    }

    private void applied(int from, int until) {
        story.at(until).says(new RevisionApplied("b", false, BY_PSQL), between(from, until));
    }

    private void edited(List<String> before, List<String> after, int minute) {
        story.at(minute).says(new VersionTableEdited(before, after, BY_PSQL), Occurrence.exactly(minute(minute)));
    }

    private void run(int minute) {
        story.agent("run-1").says(new RunStarted(RUN,
                new RunClaim(List.of("psql"), "alice", "ci-7", null, null, Map.of())),
                Occurrence.exactly(minute(minute)))
                .agent("a1");
    }

    private static SchemaObserved schema(String fingerprint, @Nullable String base, int remaining, String table) {
        return new SchemaObserved(new Fingerprint(1, fingerprint), base == null ? null : new Fingerprint(1, base),
                List.of(new SchemaObject(ObjectName.table("public", table), Definition.Table.UNKNOWN)), List.of(),
                "public", remaining);
    }

    private static Occurrence between(int from, int until) {
        return Occurrence.between(minute(from), minute(until));
    }

    private static Instant minute(int minute) {
        return Story.NOON.plusSeconds(60L * minute);
    }
}
