package dev.migrationledger.core.position;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether one constraint's name is another's after a naming convention that nobody could read. */
final class ConventionalName {

    /** As SQLAlchemy shortens a name: 55 characters, and four digits of a checksum. */
    private static final Pattern SHORTENED = Pattern.compile("(.{55})_[0-9a-f]{4}");

    /** Of a given name that was cut off, so many characters are enough to know it. */
    private static final int ENOUGH = 8;

    private ConventionalName() {}

    /**
     * A convention puts something before or behind the name that is given, such as {@code ck_<table>_<name>}.
     *
     * @param given the name as a script gives it
     * @param made a name in the database or in another place of the scripts
     */
    static boolean isOf(ObjectName given, ObjectName made) {
        return given.kind() == ObjectKind.CONSTRAINT && made.kind() == ObjectKind.CONSTRAINT
                && Objects.equals(given.table(), made.table()) && Objects.equals(given.schema(), made.schema())
                && !given.name().equals(made.name())
                && (holds(made.name(), given.name()) || isCut(made.name(), given.name()));
    }

    /** As a whole word, where an underscore ends one. */
    private static boolean holds(String made, String given) {
        for (int at = made.indexOf(given); at >= 0; at = made.indexOf(given, at + 1)) {
            int end = at + given.length();
            if ((at == 0 || isEdge(made.charAt(at - 1))) && (end == made.length() || isEdge(made.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEdge(char c) {
        return !Character.isLetterOrDigit(c);
    }

    private static boolean isCut(String made, String given) {
        Matcher shortened = SHORTENED.matcher(made);
        if (!shortened.matches()) {
            return false;
        }
        String stem = shortened.group(1);
        for (int length = given.length() - 1; length >= ENOUGH; length--) {
            int start = stem.length() - length;
            if (stem.endsWith(given.substring(0, length)) && (start == 0 || isEdge(stem.charAt(start - 1)))) {
                return true;
            }
        }
        return false;
    }
}
