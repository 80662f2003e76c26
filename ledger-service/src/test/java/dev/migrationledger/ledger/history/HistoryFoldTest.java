package dev.migrationledger.ledger.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.ledger.view.AppliedScan;
import dev.migrationledger.ledger.view.SourceScripts;
import dev.migrationledger.ledger.view.Story;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryFoldTest {

    private static final SourceScripts OLD = scripts("a b<a");
    private static final SourceScripts NEW = scripts("a c<a");

    private final HistoryFold fold = new HistoryFold(Map.of());

    @Test
    void a_revision_was_seen_from_its_first_scan_to_its_last() {
        scan(1, "git:1", SourceScripts.NONE, OLD);
        scan(2, "git:2", SourceScripts.NONE, OLD);
        RevisionContent seen = fold.seen().firstEntry().getValue();
        assertThat(seen.first().source()).isEqualTo("git:1");
        assertThat(seen.last().source()).isEqualTo("git:2");
        assertThat(seen.last().at()).isEqualTo(minute(2));
    }

    @Test
    void what_a_scan_lacks_that_its_source_had_was_missed_then() {
        scan(1, "versions", SourceScripts.NONE, OLD);
        scan(5, "versions", OLD, NEW);
        assertThat(fold.seen()).hasSize(3);
        assertThat(seen("b").last().at()).isEqualTo(minute(5));
        assertThat(seen("b").first().at()).isEqualTo(minute(1));
        assertThat(seen("c").first().at()).isEqualTo(minute(5));
    }

    @Test
    void an_edited_file_is_another_content_of_the_same_revision() {
        scan(1, "versions", SourceScripts.NONE, OLD);
        Revision b = OLD.revisions().getLast();
        SourceScripts edited = SourceScripts
                .of(List.of(new Revision("b", List.of("x"), List.of(), List.of(), null, b.file(),
                        "1".repeat(64))));
        scan(2, "versions", OLD, edited);
        assertThat(fold.seen().keySet()).filteredOn(key -> key.revision().equals("b")).hasSize(2);
    }

    @Test
    void ids_and_digests_that_no_key_could_hold_are_ignored() {
        scan(1, "versions", SourceScripts.NONE, SourceScripts.of(List.of(
                new Revision("r".repeat(300), List.of(), List.of(), List.of(), null, "r.py", "0".repeat(64)),
                new Revision("s", List.of(), List.of(), List.of(), null, "s.py", "no digest"))));
        assertThat(fold.seen()).isEmpty();
    }

    private RevisionContent seen(String revision) {
        return fold.seen().entrySet().stream()
                .filter(entry -> entry.getKey().revision().equals(revision))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private void scan(int minute, String source, SourceScripts before, SourceScripts after) {
        fold.add(new AppliedScan("navbot", "production", "a1", source, minute(minute), before, after));
    }

    private static Instant minute(int minute) {
        return Story.NOON.plusSeconds(60L * minute);
    }

    private static SourceScripts scripts(String drawn) {
        return SourceScripts.of(Story.history(drawn));
    }
}
