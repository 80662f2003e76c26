package dev.migrationledger.core.query;

import static dev.migrationledger.core.query.TestLanguage.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any text at all, made of what queries consist of. */
class RandomQueriesTest {

    private static final int TEXTS = 20_000;

    private static final List<String> PARTS = List.of("kind:", "actor:", "env:", "position:", "since:", "until:", "at:",
            "nokey:", "stamped", "applied", "x", "monday", "last-week", "7d", "99999w", "2026-11-01", "2026-11",
            "2026-11-01T10:30", "2026-11-01T10:30:15.123456789+01:00", "2026-10-25T02:30:00", "0000-01", "9999-12-31",
            "..", ">", "<=", "-", "*", "\"",
            "\\", ",", ":", " ", "\t", "\0", "😀", "\ud83d", "é", "12", "9223372036854775807", "-9223372036854775808");

    @Test
    void reading_never_fails_and_a_printed_query_is_read_as_the_same() {
        Instant now = Instant.parse("2026-11-30T07:30:00Z");
        int good = 0;
        for (int seed = 0; seed < TEXTS; seed++) {
            String text = text(new Random(seed));

            ParsedQuery parsed = LANGUAGE.parse(text);

            for (QueryProblem problem : parsed.problems()) {
                assertThat(problem.from()).as(text).isBetween(0, problem.to());
                assertThat(problem.to()).as(text).isLessThanOrEqualTo(text.length());
                assertThat(problem.pointedAt(text)).contains("\n");
            }
            ParsedQuery again = LANGUAGE.parse(parsed.query().text());
            assertThat(again.query().terms()).as("%d: %s", seed, text).isEqualTo(parsed.query().terms());
            if (!text.contains("\0")) {
                assertThat(again.problems()).as("%d: %s", seed, text).isEmpty();
            }
            for (Term term : parsed.query().terms()) {
                if (term instanceof Term.During during) {
                    during.values().forEach(range -> range.resolve(now, ZoneId.of("Europe/Zurich")));
                }
            }
            good += parsed.isGood() && !parsed.query().terms().isEmpty() ? 1 : 0;
        }
        assertThat(good).as("texts without a mistake").isGreaterThan(TEXTS / 20);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int parts = random.nextInt(9);
        for (int i = 0; i < parts; i++) {
            text.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return text.toString();
    }
}
