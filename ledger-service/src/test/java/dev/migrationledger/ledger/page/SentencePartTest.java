package dev.migrationledger.ledger.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentencePartTest {

    @Test
    void each_time_of_a_sentence_is_a_part() {
        assertThat(SentencePart.of("Open until 2026-12-01 18:00 UTC; closed at 2026-11-30T14:43:38.612058Z: it works."))
                .containsExactly(new SentencePart("Open until ", null),
                        new SentencePart("2026-12-01 18:00:00 UTC", Instant.parse("2026-12-01T18:00:00Z")),
                        new SentencePart("; closed at ", null),
                        new SentencePart("2026-11-30 14:43:38 UTC", Instant.parse("2026-11-30T14:43:38.612058Z")),
                        new SentencePart(": it works.", null));
        assertThat(SentencePart.of("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Nothing happened.", "Since 2026-12-01.", "At 18:00 UTC.", "2026-13-01 18:00 UTC", "2026-12-01 18:00 CET",
        "2026-12-01T18:00:00Zurich"})
    void other_words_stay_as_they_are(String sentence) {
        assertThat(SentencePart.of(sentence)).containsExactly(new SentencePart(sentence, null));
    }
}
