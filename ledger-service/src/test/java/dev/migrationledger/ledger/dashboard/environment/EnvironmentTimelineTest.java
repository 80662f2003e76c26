package dev.migrationledger.ledger.dashboard.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.audit.AuditActor;
import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditLink;
import dev.migrationledger.contracts.audit.AuditPage.Ended;
import dev.migrationledger.contracts.audit.AuditPage.Range;
import dev.migrationledger.contracts.audit.AuditPage.Through;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.core.audit.AuditKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvironmentTimelineTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UUID RUN = UUID.fromString("019f4c2e-7d00-7000-8000-0000000000ee");
    private static final ChosenMoment NOW = new ChosenMoment(null, null, true);

    @Test
    void successive_entries_of_a_run_are_one_group() {
        EnvironmentTimeline timeline = of(NOW,
                page(0, null, entry(9, null), entry(8, RUN), entry(7, RUN), entry(6, null),
                        entry(5, RUN)),
                null);
        assertThat(timeline.groups()).extracting(group -> group.lines().size()).containsExactly(1, 2, 1, 1);
        assertThat(timeline.groups()).extracting(EnvironmentTimeline.Group::run).containsExactly("", "run 019f4c2e", "",
                "run 019f4c2e");
        assertThat(timeline.groups().get(1).address()).isEqualTo("/audit?q=run%3A" + RUN);
    }

    @Test
    void older_and_newest_events_have_addresses_that_keep_the_moment() {
        EnvironmentTimeline first = of(NOW, page(0, 7L, entry(9, null)), null);
        assertThat(first.older()).isEqualTo("/projects/shop/environments/production?before=7#timeline");
        assertThat(first.newest()).isEmpty();
        EnvironmentTimeline next = of(new ChosenMoment(NOON, null, true), page(0, 3L, entry(5, null)), 7L);
        assertThat(next.older()).isEqualTo(
                "/projects/shop/environments/production?at=2026-01-01T12%3A00%3A00Z&before=3#timeline");
        assertThat(next.newest())
                .isEqualTo("/projects/shop/environments/production?at=2026-01-01T12%3A00%3A00Z#timeline");
    }

    @Test
    void an_empty_list_says_whether_it_is_complete() {
        assertThat(of(NOW, page(0, null), null).note()).isEqualTo("Nothing happened until then.");
        assertThat(of(NOW, page(0, 7L), null).note()).isEqualTo("Nothing found yet; go on with older events.");
        assertThat(of(NOW, page(2, null), null).note())
                .isEqualTo("The newest 2 events of the ledger are not in this list yet.");
    }

    @Test
    void links_that_a_line_has_no_room_for_are_on_the_page_of_its_event() {
        List<AuditLink> links = IntStream.range(0, 8)
                .mapToObj(i -> new AuditLink(AuditLink.Kind.REVISION, "/r" + i)).toList();
        assertThat(of(NOW, page(0, null, entry(9, null, links)), null).groups().getFirst().lines().getFirst().links())
                .extracting(EnvironmentTimeline.Link::address)
                .containsExactly("/r0", "/r1", "/r2", "/r3", "/r4", "/r5", "/events/9");
    }

    @Test
    void the_audit_understands_the_query_of_each_moment() {
        for (ChosenMoment moment : List.of(NOW, new ChosenMoment(NOON, null, true),
                new ChosenMoment(NOON, NOON.plusNanos(123_456_000), true))) {
            String query = EnvironmentTimeline.query("shop", "production", moment);
            assertThat(AuditKeys.LANGUAGE.parse(query).problems()).as(query).isEmpty();
        }
    }

    private static EnvironmentTimeline of(ChosenMoment moment, AuditPage page, @Nullable Long before) {
        return EnvironmentTimeline.of("shop", "production", moment, page, before, NOON);
    }

    private static AuditPage page(long behind, @Nullable Long older, AuditEntry... entries) {
        return new AuditPage("", "UTC", List.of(entries), new Range(1, 9, NOON, NOON), new Through(9, NOON, behind),
                older, Ended.ALL_SEARCHED, List.of(), 0, List.of());
    }

    private static AuditEntry entry(long position, @Nullable UUID run) {
        return entry(position, run, List.of());
    }

    private static AuditEntry entry(long position, @Nullable UUID run, List<AuditLink> links) {
        return new AuditEntry(position, new UUID(0, position), "revision-applied", "shop", "production", Map.of(),
                new AuditActor(AuditActor.Kind.LEDGER, "ledger", null, null, null), "Applied a.", List.of("a"), null,
                run, Occurrence.exactly(NOON), NOON, null, links);
    }
}
