package dev.migrationledger.ledger.dashboard.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.ledger.problem.Refusal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChosenMomentTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void nothing_chosen_is_now() {
        ChosenMoment moment = ChosenMoment.read(null, null, null, null);
        assertThat(moment.isNow()).isTrue();
        assertThat(moment.canonical()).isTrue();
        assertThat(moment.latest()).isNull();
    }

    @Test
    void an_address_with_instants_is_kept_as_it_is() {
        ChosenMoment moment = ChosenMoment.read("2026-01-01T12:00:00Z", "2026-01-01T11:00:00.5Z", null, null);
        assertThat(moment)
                .isEqualTo(new ChosenMoment(NOON, Instant.parse("2026-01-01T11:00:00.500Z"), true));
        assertThat(moment.latest()).isEqualTo(Instant.parse("2026-01-01T11:00:00.500Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T12:00", "2026-01-01T12:00:00", "2026-01-01T12:00:00.000"})
    void a_field_without_a_zone_is_utc_and_gets_an_address_with_one(String field) {
        assertThat(ChosenMoment.read(field, "", null, null)).isEqualTo(new ChosenMoment(NOON, null, false));
        assertThat(ChosenMoment.read("", field, null, null)).isEqualTo(new ChosenMoment(null, NOON, false));
    }

    @Test
    void the_slider_chooses_a_second_and_its_right_end_is_now() {
        String end = String.valueOf(NOON.getEpochSecond() + 10);
        assertThat(ChosenMoment.read(null, null, String.valueOf(NOON.getEpochSecond()), end))
                .isEqualTo(new ChosenMoment(NOON, null, false));
        assertThat(ChosenMoment.read(null, null, end, end)).isEqualTo(new ChosenMoment(null, null, false));
        assertThat(ChosenMoment.read(null, "2026-01-01T12:00:00Z", end, end))
                .isEqualTo(new ChosenMoment(null, NOON, false));
    }

    @ParameterizedTest
    @CsvSource({"yesterday,,", ",2026-13-01T00:00,", ",,now", ",,999999999999", ",,12345678901234567890"})
    void what_is_no_moment_is_refused(String at, String knownAt, String slide) {
        assertThatThrownBy(() -> ChosenMoment.read(at, knownAt, slide, null))
                .isInstanceOfSatisfying(Refusal.class, it -> assertThat(it.problem().status()).isEqualTo(400));
    }
}
