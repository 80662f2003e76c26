package dev.migrationledger.ledger.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.ledger.view.Story;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaFoldTest {

    private static final SchemaSnapshot USERS = snapshot("users");
    private static final SchemaSnapshot BOTH = snapshot("calls", "users");

    private final Story story = new Story("production");

    @Test
    void a_whole_schema_is_known_as_it_was_reported() {
        story.says(reported(BOTH, null, BOTH.objects(), List.of(), 0));
        assertThat(view().schema()).hasValueSatisfying(schema -> {
            assertThat(schema.snapshot()).isEqualTo(BOTH);
            assertThat(schema.defaultSchema()).isEqualTo("public");
        });
    }

    @Test
    void a_difference_leads_from_one_schema_to_the_next() {
        story.schema("users")
                .says(reported(BOTH, USERS, List.of(table("calls")), List.of(), 0))
                .says(reported(snapshot("calls"), BOTH, List.of(), List.of(ObjectName.table("public", "users")), 0));
        assertThat(view().schema().orElseThrow().snapshot()).isEqualTo(snapshot("calls"));
    }

    @Test
    void what_comes_in_parts_is_known_with_the_last_part() {
        story.says(reported(BOTH, null, List.of(table("calls")), List.of(), 1));
        assertThat(view().schema()).isEmpty();
        story.says(reported(BOTH, null, List.of(table("users")), List.of(), 0));
        assertThat(view().schema().orElseThrow().snapshot()).isEqualTo(BOTH);
    }

    @Test
    void a_difference_from_another_schema_waits_for_the_whole() {
        story.schema("users").says(reported(BOTH, snapshot("calls"), List.of(table("users")), List.of(), 0));
        assertThat(view().schema()).isEmpty();
        story.says(reported(USERS, BOTH, List.of(), List.of(ObjectName.table("public", "calls")), 0));
        assertThat(view().schema()).isEmpty();
        story.schema("users");
        assertThat(view().schema().orElseThrow().snapshot()).isEqualTo(USERS);
    }

    @Test
    void what_does_not_add_up_to_its_fingerprint_is_not_believed() {
        story.says(reported(BOTH, null, List.of(table("users")), List.of(), 0));
        assertThat(view().schema()).isEmpty();
    }

    @Test
    void a_schema_in_another_form_is_believed_and_not_compared_with_what_revisions_do() {
        story.scripts("a").files("versions", "a").schema("a");
        assertThat(view().isComparable("a1", "versions")).isTrue();
        story.says(new SchemaObserved(new Fingerprint(99, "f"), null, List.of(table("a")), List.of(), "public", 0));
        assertThat(view().schema().orElseThrow().snapshot()).isEqualTo(new SchemaSnapshot(99, List.of(table("a"))));
        assertThat(view().isComparable("a1", "versions")).isFalse();
    }

    @Test
    void footprints_in_another_form_are_not_used() {
        story.scripts("a").says(new RevisionFilesRead("versions", 99, List.of(
                new RevisionFile("a", "a.py", Story.digest("a"), null, null, Footprint.NONE))));
        assertThat(view().footprints("a1", "versions")).isEmpty();
        assertThat(view().isComparable("a1", "versions")).isFalse();
        story.files("versions", "a");
        assertThat(view().footprints("a1", "versions")).containsKey("a");
        assertThat(view().isComparable("a1", "versions")).isTrue();
    }

    @Test
    void a_part_that_was_lost_is_noticed() {
        story.says(reported(BOTH, null, List.of(table("calls")), List.of(), 2))
                .says(reported(BOTH, null, List.of(table("users")), List.of(), 0));
        assertThat(view().schema()).isEmpty();
    }

    @Test
    void of_two_agents_the_one_counts_that_spoke_last() {
        story.schema("users").agent("a2").schema("calls");
        assertThat(view().schema().orElseThrow().snapshot()).isEqualTo(snapshot("calls"));
        story.agent("a1").says(reported(BOTH, USERS, List.of(table("calls")), List.of(), 0));
        assertThat(view().schema().orElseThrow().snapshot()).isEqualTo(BOTH);
    }

    @Test
    void agents_that_come_and_go_leave_no_more_than_a_few_schemas() {
        for (int i = 0; i < 50; i++) {
            story.agent("pod" + i).schema("t" + i).scripts("a").files("image:" + i, "a");
        }
        assertThat(view().schemas()).hasSizeLessThan(10).containsKey("pod49");
        assertThat(view().files()).hasSizeLessThan(20).containsKey("pod49/image:49");
    }

    @Test
    void footprints_are_those_of_a_source() {
        story.scripts("a b<a").files("versions", "a", "b").agent("ci").files("git:4f2a91c", "x");
        assertThat(view().footprints("a1", "versions")).containsOnlyKeys("a", "b");
        assertThat(view().footprints("ci", "git:4f2a91c")).containsOnlyKeys("x");
        assertThat(view().footprints("ci", "versions")).isEmpty();
    }

    @Test
    void what_was_read_of_a_file_ends_with_the_file() {
        story.scripts("a b<a").files("versions", "a", "b").moreScripts(List.of("b.py"), "c<a").files("versions", "c");
        assertThat(view().footprints("a1", "versions")).containsOnlyKeys("a", "c");
        story.says(new ScriptsScanned("versions", 1, "d", null, Story.history("a"), List.of(), List.of(), Story.TOOL));
        assertThat(view().footprints("a1", "versions")).containsOnlyKeys("a");
    }

    @Test
    void an_edited_file_has_unknown_effects_until_it_is_read() {
        var edited = Story.history("a").getFirst();
        story.scripts("a").files("versions", "a").says(new ScriptsScanned("versions", 1, "e", "d", List.of(
                new Revision("a", List.of(), List.of(), List.of(), null,
                        edited.file(), "1".repeat(64))),
                List.of(), List.of(), Story.TOOL));
        assertThat(view().footprints("a1", "versions")).isEmpty();
    }

    private SchemaView view() {
        return SchemaView.empty("navbot", "production").after(story.events());
    }

    private static SchemaObserved reported(
            SchemaSnapshot after, @Nullable SchemaSnapshot base, List<SchemaObject> changed,
            List<ObjectName> removed, int remaining) {
        return new SchemaObserved(after.fingerprint(), base == null ? null : base.fingerprint(), changed, removed,
                "public", remaining);
    }

    private static SchemaSnapshot snapshot(String... tables) {
        return SchemaSnapshot.of(List.of(tables).stream().map(SchemaFoldTest::table).toList());
    }

    private static SchemaObject table(String name) {
        return new SchemaObject(ObjectName.table("public", name), Definition.Table.UNKNOWN);
    }
}
