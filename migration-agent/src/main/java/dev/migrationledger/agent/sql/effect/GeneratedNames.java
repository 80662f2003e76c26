package dev.migrationledger.agent.sql.effect;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names as PostgreSQL cuts and makes them (its functions makeObjectName, ChooseIndexNameAddition, truncate_identifier). */
public final class GeneratedNames {

    /** Bytes that a name can have. */
    public static final int LONGEST = 63;

    private GeneratedNames() {}

    /** A name as PostgreSQL stores it: it cuts what is too long without an error. */
    public static String truncated(String name) {
        return cut(name, LONGEST);
    }

    /** {@code first_second_label}, the two names shortened, the longer one first, until the whole fits. */
    static String made(String first, String second, String label) {
        int available = LONGEST - 1 - label.length() - (second.isEmpty() ? 0 : 1);
        int ofFirst = bytes(first);
        int ofSecond = bytes(second);
        while (ofFirst + ofSecond > available) {
            if (ofFirst > ofSecond) {
                ofFirst--;
            } else {
                ofSecond--;
            }
        }
        String shortened = cut(first, ofFirst);
        return (second.isEmpty() ? shortened : shortened + "_" + cut(second, ofSecond)) + "_" + label;
    }

    /** Names of columns as they appear in the name of what is made of them. */
    static String joined(List<String> columns) {
        StringBuilder joined = new StringBuilder();
        for (String column : columns) {
            if (!joined.isEmpty()) {
                joined.append('_');
            }
            joined.append(column);
            if (bytes(joined.toString()) > LONGEST) {
                break;
            }
        }
        return joined.toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whole characters only. */
    private static String cut(String text, int longest) {
        int end = 0;
        for (int bytes = 0; end < text.length();) {
            int point = text.codePointAt(end);
            bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            if (bytes > longest) {
                break;
            }
            end += Character.charCount(point);
        }
        return text.substring(0, end);
    }
}
