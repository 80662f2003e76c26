package dev.migrationledger.contracts.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Single values, each in the one form in which they are written. Jackson alone would also take 1.9 for a whole number, 5 for a
 * string and 1e999999999 for a moment, and two readers would then not agree about the same bytes.
 */
final class Scalars extends SimpleModule {
    private static final long serialVersionUID = 1L;

    /** Beyond these, databases and other languages have no moments. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private static final int UUID_LENGTH = 36;

    Scalars() {
        super("contracts");
        read(String.class, JsonToken.VALUE_STRING, parser -> checked(parser, parser.getString()));
        read(UUID.class, JsonToken.VALUE_STRING, Scalars::uuid);
        read(Instant.class, JsonToken.VALUE_STRING, Scalars::moment);
        read(long.class, JsonToken.VALUE_NUMBER_INT, Scalars::whole);
        read(Long.class, JsonToken.VALUE_NUMBER_INT, Scalars::whole);
        read(int.class, JsonToken.VALUE_NUMBER_INT, Scalars::small);
        read(Integer.class, JsonToken.VALUE_NUMBER_INT, Scalars::small);
        addKeyDeserializer(String.class, new CheckedKey());
        addSerializer(String.class, new Text(false));
        addKeySerializer(String.class, new Text(true));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T from(JsonParser parser);
    }

    private <T> void read(Class<T> type, JsonToken token, Reading<T> reading) {
        ValueDeserializer<T> strict = new StdDeserializer<>(type) {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) {
                if (!parser.hasToken(token)) {
                    throw InvalidValueException.of(parser, type);
                }
                return reading.from(parser);
            }
        };
        addDeserializer(type, strict);
    }

    private static UUID uuid(JsonParser parser) {
        String text = parser.getString();
        // UUID.fromString takes 1-1-1-1-1 too.
        if (text.length() == UUID_LENGTH) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException notOne) {
                throw InvalidValueException.of(parser, UUID.class);
            }
        }
        throw InvalidValueException.of(parser, UUID.class);
    }

    private static Instant moment(JsonParser parser) {
        try {
            Instant moment = Instant.parse(parser.getString());
            if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
                throw new InvalidValueException(parser, "must be an instant between the years 1 and 9999, not '"
                        + InvalidValueException.quoted(parser.getString()) + "'");
            }
            return moment;
        } catch (DateTimeException notOne) {
            throw InvalidValueException.of(parser, Instant.class);
        }
    }

    private static Long whole(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> throw InvalidValueException.of(parser, long.class);
        };
    }

    private static Integer small(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT -> parser.getIntValue();
            case LONG, BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> throw InvalidValueException.of(parser, int.class);
        };
    }

    /** The ledger can store neither of these two, and an event that cannot be stored must not get as far. */
    private static String checked(JsonParser parser, String text) {
        if (!isStorable(text)) {
            throw new InvalidValueException(parser,
                    "contains a NUL character or half a surrogate pair, which the ledger cannot store; send U+FFFD instead");
        }
        return text;
    }

    private static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** What {@link #checked} would refuse goes out as U+FFFD: an observation with a strange name is still an observation. */
    static String storable(String text) {
        return isStorable(text)
                ? text
                : text.codePoints()
                        .map(c -> c == 0 || (c <= Character.MAX_VALUE && Character.isSurrogate((char) c)) ? 0xFFFD : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static final class CheckedKey extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return checked(context.getParser(), key);
        }
    }

    private static final class Text extends ValueSerializer<String> {
        private final boolean key;

        Text(boolean key) {
            this.key = key;
        }

        @Override
        public void serialize(String text, JsonGenerator generator, SerializationContext context) {
            if (key) {
                generator.writeName(storable(text));
            } else {
                generator.writeString(storable(text));
            }
        }
    }
}
