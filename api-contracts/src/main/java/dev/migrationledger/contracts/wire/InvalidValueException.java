package dev.migrationledger.contracts.wire;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.exc.MismatchedInputException;

/** A value that is none of ours, said in words of JSON and never in those of Java. */
final class InvalidValueException extends MismatchedInputException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_QUOTE = 64;

    InvalidValueException(@Nullable JsonParser parser, String message) {
        super(parser, message);
    }

    /** The parser stands at a value that should be something else. */
    static InvalidValueException of(JsonParser parser, @Nullable Class<?> wanted) {
        return new InvalidValueException(parser, "must be " + wanted(wanted) + ", not " + actual(parser));
    }

    static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        } else if (type == String.class) {
            return "a string";
        } else if (type == UUID.class) {
            return "a UUID such as 019b76da-a800-7000-8000-000000000001";
        } else if (type == Instant.class) {
            return "an instant such as 2026-01-01T12:00:00Z";
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type == int.class || type == Integer.class) {
            return "a whole number up to " + Integer.MAX_VALUE;
        } else if (type == long.class || type == Long.class) {
            return "a whole number up to " + Long.MAX_VALUE;
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> inJson((Enum<?>) value))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    /** {@code ValueAdded} is {@code value-added} in JSON. */
    static String hyphened(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** {@code NO_LATER_THAN} is {@code no-later-than} in JSON. */
    static String inJson(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String actual(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            case START_ARRAY, END_ARRAY -> "an array";
            case VALUE_STRING -> "'" + quoted(parser.getString()) + "'";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> quoted(parser.getString());
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case VALUE_NULL -> "null";
            case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> "something else";
        };
    }

    /** A value as a message may repeat it. */
    static String quoted(String value) {
        return value.codePointCount(0, value.length()) <= LONGEST_QUOTE
                ? value
                : value.substring(0, value.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
    }
}
