package dev.migrationledger.agent.tool.alembic.config;

import dev.migrationledger.agent.tool.alembic.config.IniFile.Option;
import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.scripts.ConfigProblem.*;
import dev.migrationledger.contracts.scripts.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ConfigParser's line by line reading, with its strictness but without its stopping at the first mistake. */
final class IniParser {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final String name;
    private final Map<String, Map<String, Option>> sections = new LinkedHashMap<>();
    private final Map<String, Option> defaults = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    private @Nullable Map<String, Option> section;
    private String sectionName = "";
    private @Nullable Open open;
    private int indent;

    /** The option that further lines may still belong to. */
    private static final class Open {
        private final String name;
        private final int line;
        private final String written;
        private final List<String> lines = new ArrayList<>();

        Open(String name, int line, String written) {
            this.name = name;
            this.line = line;
            this.written = written;
        }
    }

    /** @param name of the file */
    IniParser(String name) {
        this.name = name;
    }

    IniFile parse(String text) {
        String source = text;
        if (source.startsWith(BYTE_ORDER_MARK)) {
            source = source.substring(1);
            problems.add(new ByteOrderMark(place(1)));
        }
        int number = 0;
        for (String line : source.split("\r\n|\r|\n", -1)) {
            line(line, ++number);
        }
        close();
        return new IniFile(name, sections, defaults, problems);
    }

    private void line(String line, int number) {
        String value = line.strip();
        if (value.startsWith("#") || value.startsWith(";")) {
            return;
        }
        if (value.isEmpty()) {
            if (open != null) {
                open.lines.add("");
            }
            return;
        }
        int column = line.indexOf(value);
        if (open != null && column > indent) {
            open.lines.add(value);
            return;
        }
        indent = column;
        int bracket = value.lastIndexOf(']');
        if (value.startsWith("[") && bracket > 1) {
            header(value.substring(1, bracket), number);
        } else if (section == null) {
            problems.add(new LineOutsideSection(place(number)));
        } else {
            option(value, number, line);
        }
    }

    private void header(String header, int number) {
        close();
        sectionName = header;
        if (header.equals("DEFAULT")) {
            section = defaults;
            return;
        }
        if (sections.containsKey(header)) {
            problems.add(new SectionTwice(place(number), header));
        }
        section = sections.computeIfAbsent(header, any -> new LinkedHashMap<>());
    }

    private void option(String value, int number, String written) {
        close();
        int delimiter = delimiter(value);
        String option = delimiter < 0 ? "" : value.substring(0, delimiter).strip().toLowerCase(Locale.ROOT);
        if (option.isEmpty()) {
            problems.add(new LineNotUnderstood(place(number)));
            return;
        }
        if (section != null && section.containsKey(option)) {
            problems.add(new OptionTwice(place(number), option, sectionName));
        }
        open = new Open(option, number, written);
        open.lines.add(value.substring(delimiter + 1).strip());
    }

    private Place place(int line) {
        return Place.of(name, line);
    }

    private static int delimiter(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) == '=' || value.charAt(i) == ':') {
                return i;
            }
        }
        return -1;
    }

    /** No further line belongs to the option; of two with one name the first holds. */
    private void close() {
        if (open != null && section != null) {
            Option option = new Option(open.name, String.join("\n", open.lines).stripTrailing(), open.line,
                    open.written);
            section.putIfAbsent(open.name, option);
        }
        open = null;
    }
}
