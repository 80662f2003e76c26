package dev.migrationledger.agent.tool.alembic.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the options of {@code [tool.alembic]} stand, for people to find them: the parser gives values without their lines. A line
 * inside a long string may be taken for an option, which costs no more than a wrong line in a message.
 */
final class TomlLines {

    private static final Pattern HEADER = Pattern.compile("\\s*\\[\\[?([^\\]]+)\\].*");
    private static final Pattern OPTION = Pattern.compile("\\s*([A-Za-z0-9_.\"'\\- ]+?)\\s*=.*");
    private static final String TABLE = "tool.alembic.";

    private final Map<String, Integer> lines = new HashMap<>();

    TomlLines(String text) {
        String table = "";
        int number = 0;
        for (String line : text.split("\r\n|\n", -1)) {
            number++;
            Matcher header = HEADER.matcher(line);
            Matcher option = OPTION.matcher(line);
            if (header.matches()) {
                table = plain(header.group(1)) + ".";
                note(table, number);
            } else if (option.matches()) {
                note(table + plain(option.group(1)) + ".", number);
            }
        }
    }

    /** The line of an option, from 1; 0 where it was not found. */
    int line(String option) {
        return lines.getOrDefault(option, 0);
    }

    private void note(String path, int number) {
        if (path.startsWith(TABLE)) {
            String option = path.substring(TABLE.length());
            int end = option.indexOf('.');
            lines.putIfAbsent(end < 0 ? "alembic" : option.substring(0, end), number);
        }
    }

    private static String plain(String name) {
        return name.replaceAll("[\"' ]", "");
    }
}
