package dev.migrationledger.contracts.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    @Test
    void an_id_is_of_version_7_and_begins_with_its_milliseconds() {
        Random random = new Random(1);
        Instant now = Instant.parse("2026-01-01T12:00:00.123Z");
        for (int i = 0; i < 1_000; i++) {
            UUID id = EventIds.next(now, random);
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(now.toEpochMilli());
        }
    }

    @Test
    void a_later_id_sorts_later_as_text() {
        Random random = new Random(1);
        Instant now = Instant.parse("2026-01-01T12:00:00.123Z");
        assertThat(EventIds.next(now, random).toString())
                .isLessThan(EventIds.next(now.plusMillis(1), random).toString());
    }
}
