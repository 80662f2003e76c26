package dev.migrationledger.ledger.recording.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.LedgerEvent.EnvironmentRegistered;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdTest {

    @Test
    void an_event_belongs_to_its_environment_its_project_or_all_projects() {
        assertThat(StreamId.of(event("navbot", "prod"))).isEqualTo(StreamId.of("navbot", "prod"));
        assertThat(StreamId.of(event("navbot", null))).isEqualTo(new StreamId.Project("navbot"));
        assertThat(StreamId.of(event(null, null))).isEqualTo(new StreamId.Organisation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"navbot/prod", "navbot/", "/"})
    void a_key_is_read_as_the_stream_that_has_it(String key) {
        assertThat(StreamId.parse(key).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "navbot", "/prod", "a/b/c", "navbot/null/"})
    void what_is_no_key_is_refused(String key) {
        assertThatThrownBy(() -> StreamId.parse(key)).hasMessageContaining("'" + key + "'");
    }

    private static RecordedEvent event(@Nullable String project, @Nullable String environment) {
        return new RecordedEvent(new UUID(0, 1), project, environment, null, Occurrence.exactly(Instant.EPOCH),
                Instant.EPOCH, new EnvironmentRegistered(Map.of()));
    }
}
