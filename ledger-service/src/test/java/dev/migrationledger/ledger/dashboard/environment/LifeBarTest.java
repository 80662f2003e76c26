package dev.migrationledger.ledger.dashboard.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.dashboard.environment.LifeBar.Lane;
import dev.migrationledger.ledger.recording.store.EventTimes.Count;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LifeBarTest {

    private static final Instant BIRTH = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-11T00:00:00Z");

    @Test
    void each_kind_of_event_has_a_lane_of_its_own_and_is_counted() {
        LifeBar bar = LifeBar.of(BIRTH, NOW, NOW, List.of(
                new Count("agent.revision-applied", 0, 3), new Count("agent.revision-stamped", 0, 1),
                new Count("ledger.divergence-detected", 10, 1), new Count("ledger.override-opened", 239, 1),
                new Count("agent.schema-observed", 239, 5000)), 0);
        assertThat(bar.lanes()).extracting(Lane::name).containsExactly("change", "finding", "gate", "other");
        assertThat(bar.lanes()).allSatisfy(lane -> assertThat(lane.strokes()).hasSize(1));
        assertThat(bar.description()).isEqualTo("4 changes of the version table, 1 event about findings, "
                + "1 answer of the gate and 5,000 other events.");
    }

    @Test
    void strokes_stay_within_their_lanes_and_within_the_drawing() {
        LifeBar bar = LifeBar.of(BIRTH, NOW, NOW, Stream.of(1, 7, 100, 1_000_000)
                .map(events -> new Count("agent.revision-applied", events % LifeBar.PARTS, events)).toList(), 0);
        Lane lane = bar.lanes().getFirst();
        assertThat(lane.strokes()).hasSize(4).allSatisfy(stroke -> {
            assertThat(stroke.y()).isGreaterThanOrEqualTo(0);
            assertThat(stroke.y() + stroke.height()).isEqualTo(lane.y());
            assertThat(stroke.x()).isBetween(0, bar.width());
        });
    }

    @Test
    void the_slider_is_at_the_shown_moment_also_beyond_the_life() {
        assertThat(LifeBar.of(BIRTH, NOW, BIRTH.plusSeconds(5 * 86_400), List.of(), 0).here()).isEqualTo(480);
        assertThat(LifeBar.of(BIRTH, NOW, Instant.EPOCH, List.of(), 0).value()).isEqualTo(BIRTH.getEpochSecond());
        assertThat(LifeBar.of(BIRTH, NOW, NOW.plusSeconds(1), List.of(), 0).value()).isEqualTo(NOW.getEpochSecond());
    }

    @Test
    void a_life_of_a_moment_is_drawn_as_well() {
        LifeBar bar = LifeBar.of(NOW, NOW, NOW, List.of(), 0);
        assertThat(bar.max()).isGreaterThan(bar.min());
        assertThat(bar.description()).isEqualTo("Nothing happened.");
    }

    @Test
    void it_is_said_how_many_events_were_counted_where_there_are_more() {
        assertThat(LifeBar.of(BIRTH, NOW, NOW, List.of(new Count("agent.started", 1, 20_000)), 20_000).description())
                .isEqualTo("Of the last 20,000 events: 20,000 other events.");
    }
}
