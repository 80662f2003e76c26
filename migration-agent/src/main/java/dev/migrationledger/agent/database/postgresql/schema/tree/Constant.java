package dev.migrationledger.agent.database.postgresql.schema.tree;

import dev.migrationledger.contracts.schema.CanonicalText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Constants, which trees hold as the bytes of the server's memory. Those of the types that people write are written as people
 * write them; the others as bytes, equal where the constants are. Bytes are taken to lie as on x86 and ARM.
 */
final class Constant {

    private static final int BOOLEAN = 16;
    private static final int NAME = 19;
    private static final int BIGINT = 20;
    private static final int SMALLINT = 21;
    private static final int INTEGER = 23;
    private static final int REGPROC = 24;
    private static final int TEXT = 25;
    private static final int JSON = 114;
    private static final int REAL = 700;
    private static final int DOUBLE = 701;
    private static final int CHARACTER = 1042;
    private static final int VARCHAR = 1043;
    private static final int DATE = 1082;
    private static final int TIMESTAMP = 1114;
    private static final int TIMESTAMPTZ = 1184;
    private static final int NUMERIC = 1700;
    private static final int REGPROCEDURE = 2202;
    private static final int REGCLASS = 2205;
    private static final int REGTYPE = 2206;
    private static final int UUID_TYPE = 2950;

    /** Before the value of every type of no fixed length. */
    private static final int HEADER = 4;

    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

    private final ObjectIdNames names;

    Constant(ObjectIdNames names) {
        this.names = names;
    }

    /** A type's name with its length or precision. */
    static String type(String name, long oid, long modifier) {
        if (modifier < 0) {
            return name;
        }
        return switch ((int) oid) {
            case CHARACTER, VARCHAR -> name + "(" + (modifier - HEADER) + ")";
            case NUMERIC -> name + "(" + ((modifier - HEADER) >> 16) + "," + ((modifier - HEADER) & 0x7ff) + ")";
            default -> name + "(" + modifier + ")";
        };
    }

    /**
     * @param type as it is to be written
     * @param byValue the bytes are those of a number of eight bytes, whatever the type's length
     */
    String of(long oid, String type, boolean byValue, byte[] bytes) {
        try {
            String plain = plain((int) oid, bytes);
            if (plain != null) {
                return plain;
            }
            String text = text((int) oid, byValue, bytes);
            if (text == null) {
                return (type.endsWith("[]") ? array(bytes) : bytes(bytes)) + "::" + type;
            }
            return CanonicalText.literal(text) + "::" + type;
        } catch (RuntimeException notAsExpected) {
            return bytes(bytes) + "::" + type;
        }
    }

    /** Of the types whose literals need no type. */
    private static @Nullable String plain(int oid, byte[] bytes) {
        return switch (oid) {
            case BOOLEAN -> bytes[0] == 0 ? "false" : "true";
            case INTEGER -> String.valueOf(buffer(bytes).getInt(0));
            case NUMERIC -> NumericValue.of(value(bytes));
            default -> null;
        };
    }

    private @Nullable String text(int oid, boolean byValue, byte[] bytes) {
        ByteBuffer buffer = buffer(bytes);
        return switch (oid) {
            case TEXT, VARCHAR, CHARACTER, JSON -> new String(value(bytes), StandardCharsets.UTF_8);
            case NAME -> new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
            case SMALLINT -> String.valueOf(buffer.getShort(0));
            case BIGINT -> String.valueOf(buffer.getLong(0));
            case REAL -> String.valueOf(buffer.getFloat(0));
            case DOUBLE -> String.valueOf(buffer.getDouble(0));
            case DATE -> String.valueOf(EPOCH.plusDays(buffer.getInt(0)));
            case TIMESTAMP -> String.valueOf(moment(buffer.getLong(0)));
            case TIMESTAMPTZ -> moment(buffer.getLong(0)) + "Z";
            case UUID_TYPE -> {
                ByteBuffer big = ByteBuffer.wrap(bytes);
                yield new UUID(big.getLong(), big.getLong()).toString();
            }
            case REGCLASS -> names.relation(id(buffer));
            case REGPROC, REGPROCEDURE -> names.function(id(buffer));
            case REGTYPE -> names.type(id(buffer));
            default -> byValue ? names.enumLabel(id(buffer)) : null;
        };
    }

    private static LocalDateTime moment(long microseconds) {
        return EPOCH.atStartOfDay().plus(microseconds, ChronoUnit.MICROS);
    }

    /** One dimension, no nulls, elements of a type that can be written; anything else as bytes. */
    private String array(byte[] bytes) {
        ByteBuffer buffer = buffer(bytes);
        int dimensions = buffer.getInt(4);
        int element = buffer.getInt(12);
        if (buffer.getInt(8) != 0 || dimensions > 1 || dimensions < 0
                || names.type(Integer.toUnsignedLong(element)).equals("?")) {
            return bytes(bytes);
        }
        List<String> elements = new ArrayList<>();
        int length = dimensions == 0 ? 0 : buffer.getInt(16);
        int at = 24;
        for (int i = 0; i < length; i++) {
            at = aligned(at, element);
            int size = size(buffer, at, element);
            byte[] value = new byte[size];
            buffer.get(at, value);
            String plain = plain(element, value);
            String text = plain == null ? text(element, size == 4, value) : plain;
            if (text == null) {
                return bytes(bytes);
            }
            elements.add('"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
            at += size;
        }
        return CanonicalText.literal("{" + String.join(",", elements) + "}");
    }

    private static int aligned(int at, int type) {
        int to = switch (type) {
            case BOOLEAN, UUID_TYPE, NAME -> 1;
            case SMALLINT -> 2;
            case BIGINT, DOUBLE, TIMESTAMP, TIMESTAMPTZ -> 8;
            default -> 4;
        };
        return (at + to - 1) / to * to;
    }

    /** Types that are not known are taken for enums, which have four bytes; an id that names no label ends the attempt. */
    private static int size(ByteBuffer buffer, int at, int type) {
        return switch (type) {
            case BOOLEAN -> 1;
            case SMALLINT -> 2;
            case BIGINT, DOUBLE, TIMESTAMP, TIMESTAMPTZ -> 8;
            case UUID_TYPE -> 16;
            case NAME -> 64;
            case TEXT, VARCHAR, CHARACTER, JSON, NUMERIC -> buffer.getInt(at) >>> 2;
            default -> 4;
        };
    }

    private static long id(ByteBuffer buffer) {
        return Integer.toUnsignedLong(buffer.getInt(0));
    }

    private static byte[] value(byte[] bytes) {
        byte[] value = new byte[bytes.length - HEADER];
        System.arraycopy(bytes, HEADER, value, 0, value.length);
        return value;
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String bytes(byte[] bytes) {
        return "'\\x" + HexFormat.of().formatHex(bytes) + "'";
    }
}
