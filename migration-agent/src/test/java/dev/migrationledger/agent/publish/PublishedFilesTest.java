package dev.migrationledger.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.event.AgentEvent.RevisionAuthorsRead;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.wire.ContractJson;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PublishedFilesTest {

    @Test
    void everything_is_published_first_and_then_only_what_is_new() {
        PublishedFiles.Delta first = delta(null, "scan 1", file("a", "t1"), file("b", "t1"));
        assertThat(published(first)).containsExactly("a", "b");
        assertThat(published(delta(first.published(), "scan 2", file("a", "t1"), file("b", "t1"), file("c", "t1"))))
                .containsExactly("c");
    }

    @Test
    void a_file_whose_effects_changed_with_another_is_published_again() {
        PublishedFiles first = delta(null, "scan 1", file("a", "t1"), file("b", "t1")).published();
        assertThat(published(delta(first, "scan 2", file("a", "t1"), file("b", "t2")))).containsExactly("b");
    }

    @Test
    void a_file_that_was_removed_and_came_back_is_published_again() {
        PublishedFiles first = delta(null, "scan 1", file("a", "t1"), file("b", "t1")).published();
        PublishedFiles without = delta(first, "scan 2", file("a", "t1")).published();
        assertThat(published(delta(without, "scan 1", file("a", "t1"), file("b", "t1")))).containsExactly("b");
    }

    @Test
    void no_file_is_read_again_for_the_same_scan() {
        PublishedFiles first = delta(null, "scan 1", file("a", "t1")).published();
        PublishedFiles.Delta again = PublishedFiles.delta(first, "scan 1", "versions", () -> {
            throw new AssertionError("read");
        });
        assertThat(again.published()).isSameAs(first);
        assertThat(again.events()).isEmpty();
    }

    @Test
    void many_and_large_files_come_in_parts_that_fit_a_batch() {
        String megabyte = "#".repeat(RevisionFile.MAX_BYTES);
        RevisionFile[] large = IntStream.range(0, 40)
                .mapToObj(i -> new RevisionFile("r" + i, "r" + i + ".py", "d", megabyte, null, Footprint.NONE))
                .toArray(RevisionFile[]::new);
        PublishedFiles.Delta news = delta(null, "scan 1", large);
        assertThat(published(news)).hasSize(40);
        assertThat(news.events()).allSatisfy(
                event -> assertThat(ContractJson.write(event).length).isLessThan(EventBatch.MAX_BYTES / 4));

        RevisionFile[] many = IntStream.range(0, 1_200).mapToObj(i -> file("r" + i, "t")).toArray(RevisionFile[]::new);
        assertThat(delta(null, "scan 1", many).events()).hasSize(3);
    }

    @Test
    void who_wrote_a_file_is_published_once_and_again_when_it_changes() {
        PublishedFiles.Delta first = delta(null, "scan 1", file("a", "t1")).with("git:1",
                List.of(authors("1", "Ada"), authors("2", "Bob"), authors("2", "Bob")));
        assertThat(first.events()).last().isEqualTo(
                new RevisionAuthorsRead("git:1", List.of(authors("1", "Ada"), authors("2", "Bob"))));

        PublishedFiles.Delta same = delta(first.published(), "scan 1", file("a", "t1")).with("git:2",
                List.of(authors("1", "Ada"), authors("2", "Bob")));
        assertThat(same.events()).isEmpty();
        assertThat(same.published()).isEqualTo(first.published());

        PublishedFiles.Delta unknown = delta(first.published(), "scan 2", file("a", "t2")).with("image:1", List.of());
        assertThat(unknown.events()).as("an image without Git").hasOnlyElementsOfType(RevisionFilesRead.class);

        PublishedFiles.Delta more = delta(unknown.published(), "scan 2", file("a", "t2")).with("git:2",
                List.of(authors("1", "Ada"), authors("2", "Cy")));
        assertThat(more.events()).containsExactly(new RevisionAuthorsRead("git:2", List.of(authors("2", "Cy"))));
    }

    @Test
    void authors_of_many_files_are_several_events() {
        List<RevisionAuthors> many = IntStream.range(0, 1_200).mapToObj(i -> authors("d" + i, "Ada")).toList();
        assertThat(delta(null, "scan 1").with("git:1", many).events()).hasSize(3);
    }

    private static RevisionAuthors authors(String digest, String name) {
        return new RevisionAuthors(digest, false, List.of(new Author(name, name + "@example.org")));
    }

    private static List<String> published(PublishedFiles.Delta news) {
        return news.events().stream()
                .filter(RevisionFilesRead.class::isInstance)
                .map(event -> ((RevisionFilesRead) event).files())
                .flatMap(List::stream)
                .map(RevisionFile::revision)
                .toList();
    }

    private static PublishedFiles.Delta delta(@Nullable PublishedFiles published, String scan, RevisionFile... files) {
        return PublishedFiles.delta(published, scan, "versions", () -> List.of(files));
    }

    /** A revision that creates a table. */
    private static RevisionFile file(String revision, String table) {
        Effects upgrade = new Effects(List.of(new Effect.Create(ObjectName.table(null, table), Definition.Table.UNKNOWN,
                false, Condition.ALWAYS, Location.line(3))));
        return new RevisionFile(revision, revision + ".py", "d", "text", null, new Footprint(upgrade, Effects.NONE));
    }
}
