package dev.migrationledger.ledger.dashboard.action;

import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.problem.Refusal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;

/** What a person typed, by the names of fields. */
record PageAnswers(Map<String, String> texts) {

    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    PageAnswers {
        texts = Map.copyOf(texts);
    }

    /** Empty if it was not sent. */
    String text(String name) {
        return texts.getOrDefault(name, "");
    }

    /** As browsers send date and time, or as the API takes it. */
    Instant moment(String name) {
        String text = text(name).strip();
        try {
            return read(text);
        } catch (DateTimeParseException e) {
            throw Refusal.invalid(name, text.isEmpty()
                    ? "The time is missing. Write it as 2026-01-31T12:00, in UTC."
                    : "'%s' is not a time. Write it as 2026-01-31T12:00, in UTC.".formatted(Redaction.of(text)));
        }
    }

    private static Instant read(String text) {
        return text.endsWith("Z") ? Instant.parse(text) : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    /** What was typed, for a field of date and time. Anything but a time stays as it was typed. */
    String field(String name) {
        String text = text(name).strip();
        try {
            return field(read(text));
        } catch (DateTimeParseException e) {
            return text;
        }
    }

    int number(String name) {
        String text = text(name).strip();
        if (!text.matches("\\d{1,6}")) {
            throw Refusal.invalid(name, "'%s' is not a number. Write one such as 24.".formatted(Redaction.of(text)));
        }
        return Integer.parseInt(text);
    }

    /** For a field of date and time. */
    static String field(Instant at) {
        return FIELD.format(at);
    }
}
