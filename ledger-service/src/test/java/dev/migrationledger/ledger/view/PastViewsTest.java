package dev.migrationledger.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@LedgerTest
class PastViewsTest {

    private static final int EACH = 7;

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    EnvironmentViews views;

    @Autowired
    ViewRebuild rebuild;

    @Autowired
    EventLog log;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void what_was_is_what_its_events_say_wherever_reading_begins() {
        for (int seed = 0; seed < 4; seed++) {
            String environment = "past" + seed;
            RandomStory.of(environment, seed, 100).recordIn(environmentCommands, 3);
            PastViews past = new PastViews(views, new ViewSnapshots(JdbcClient.create(jdbc), log, EACH), log);
            List<RecordedEvent> events = events(environment);
            Random random = new Random(seed);
            for (int i = 0; i < 60; i++) {
                Moment moment = new Moment(
                        random.nextInt(4) == 0 ? null : any(events, random).occurredAt().at(),
                        random.nextInt(4) == 0 ? null : any(events, random).recordedAt());
                assertThat(past.find("navbot", environment, moment)).as("seed %d at %s", seed, moment)
                        .contains(moment.equals(Moment.NOW)
                                ? views.find("navbot", environment).orElseThrow()
                                : folded(environment, events, moment));
            }
            assertThat(kept(environment)).isEqualTo(events.size() / EACH);
        }
    }

    @Test
    void events_that_come_later_make_further_ones() {
        Story story = RandomStory.of("growing", 5, 40);
        story.recordIn(environmentCommands, 10);
        PastViews past = new PastViews(views, new ViewSnapshots(JdbcClient.create(jdbc), log, EACH), log);
        past.find("navbot", "growing", new Moment(Instant.EPOCH, null));
        assertThat(kept("growing")).isEqualTo(41 / EACH);

        jdbc.update("delete from ledger.past_view where environment = 'growing' and events > ?", 2 * EACH);
        Instant last = events("growing").getLast().occurredAt().at();
        assertThat(past.find("navbot", "growing", new Moment(last, null)))
                .contains(folded("growing", events("growing"), new Moment(last, null)));
        assertThat(kept("growing")).isEqualTo(41 / EACH);

        rebuild.rebuild();
        assertThat(kept("growing")).isZero();
    }

    @Test
    void they_are_made_before_someone_asks() {
        RandomStory.of("early", 6, 40).recordIn(environmentCommands, 10);
        PastViewKeeper keeper = new PastViewKeeper(JdbcClient.create(jdbc), views,
                new ViewSnapshots(JdbcClient.create(jdbc), log, EACH));
        StreamId.Environment early = StreamId.of("navbot", "early");
        assertThat(keeper.due()).contains(early);
        keeper.run(early);
        assertThat(keeper.due()).doesNotContain(early);
        assertThat(kept("early")).isEqualTo(events("early").size() / EACH);
    }

    private EnvironmentView folded(String environment, List<RecordedEvent> events, Moment moment) {
        return EnvironmentView.empty("navbot", environment)
                .after(events.stream().limit(moment.known(events.stream())).filter(moment::includes));
    }

    private List<RecordedEvent> events(String environment) {
        try (Stream<RecordedEvent> events = log.of(StreamId.of("navbot", environment))) {
            return events.toList();
        }
    }

    private static RecordedEvent any(List<RecordedEvent> events, Random random) {
        return events.get(random.nextInt(events.size()));
    }

    private @Nullable Integer kept(String environment) {
        return jdbc.queryForObject("select count(*)::int from ledger.past_view where environment = ?", Integer.class,
                environment);
    }
}
