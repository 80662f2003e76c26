package dev.migrationledger.agent.tool.alembic.config;

import dev.migrationledger.contracts.scripts.ConfigProblem.*;
import dev.migrationledger.contracts.scripts.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The options of {@code [tool.alembic]}. Alembic formats each text, also those within lists, with Python's {@code %} and one name,
 * {@code here}; only what it asks for on every command is looked at.
 */
public final class TomlTable {

    /** What Alembic takes a text for. */
    private static final List<String> TEXTS = List.of(
            "script_location", "file_template", "truncate_slug_length", "timezone", "output_encoding");
    private static final List<String> LISTS = List.of("version_locations", "prepend_sys_path");
    private static final List<String> BOOLEANS = List.of("sourceless", "recursive_version_locations");

    private static final String HERE = "%(here)s";

    private final String file;
    private final Map<String, JsonNode> options;
    private final TomlLines lines;
    private final String here;

    TomlTable(String file, Map<String, JsonNode> options, TomlLines lines, String here) {
        this.file = file;
        this.options = Map.copyOf(options);
        this.lines = lines;
        this.here = here;
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    /** The line of an option, from 1; 0 where it is not known. */
    public int line(String option) {
        return lines.line(option);
    }

    /** The text of an option; absent where it is not there or wrong. */
    public @Nullable String text(String option) {
        JsonNode value = options.get(option);
        return value != null && value.isString() && problem(option, value) == null
                ? formatted(value.stringValue())
                : null;
    }

    /** The texts of a list; none where it is not there or wrong. */
    public List<String> texts(String option) {
        JsonNode list = options.get(option);
        if (list == null || !list.isArray()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode value : list.values()) {
            if (value.isString() && problem(option, value) == null) {
                texts.add(formatted(value.stringValue()));
            }
        }
        return texts;
    }

    /** The names of a list of tables; none where it is not there or wrong. */
    public List<String> names(String option) {
        JsonNode list = options.get(option);
        return list == null || !list.isArray()
                ? List.of()
                : list.values().stream().map(table -> table.path("name")).filter(JsonNode::isString)
                        .map(JsonNode::stringValue).toList();
    }

    /** Whether an option is the boolean {@code true}. */
    public boolean truth(String option) {
        JsonNode value = options.get(option);
        return value != null && value.isBoolean() && value.booleanValue();
    }

    /**
     * What Alembic refuses among the options that it asks this file for, by line.
     *
     * @param fromIni those that the ini file has, for which this file is not asked
     */
    public List<OfOption> problems(Set<String> fromIni) {
        List<OfOption> problems = new ArrayList<>();
        options.forEach((option, value) -> {
            OfOption problem = fromIni.contains(option) ? null : wrong(option, value);
            if (problem != null) {
                problems.add(problem);
            }
        });
        problems.sort(Comparator.comparingInt(problem -> line(problem.option())));
        return problems;
    }

    private @Nullable OfOption wrong(String option, JsonNode value) {
        if (BOOLEANS.contains(option)) {
            return value.isBoolean()
                    ? null
                    : new BooleanExpected(place(option), option, value.toString());
        }
        if (LISTS.contains(option)) {
            return value.isArray()
                    ? firstOf(option, value)
                    : new ListExpected(place(option), option);
        }
        if (option.equals("post_write_hooks")) {
            return value.isArray()
                    ? firstOf(option, value)
                    : new TablesExpected(place(option), option);
        }
        // A number goes through as it is; only a path cannot be one.
        boolean number = (value.isInt() || value.isBoolean()) && !option.equals("script_location");
        return TEXTS.contains(option) && !number ? problem(option, value) : null;
    }

    private @Nullable OfOption firstOf(String option, JsonNode list) {
        for (JsonNode value : list.values()) {
            for (JsonNode inner : value.isObject() ? value.values() : List.of(value)) {
                OfOption problem = inner.isString() || !value.isObject() ? problem(option, inner) : null;
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }

    /** What is wrong with a value that has to be a text. */
    private @Nullable OfOption problem(String option, JsonNode value) {
        if (!value.isString()) {
            return new TextExpected(place(option), option, value.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        String text = value.stringValue();
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at)) {
            if (text.startsWith(HERE, at)) {
                at += HERE.length();
            } else if (text.startsWith("%%", at)) {
                at += 2;
            } else {
                return new StrayTomlPercent(place(option), option, doubled(text));
            }
        }
        return null;
    }

    private Place place(String option) {
        return Place.of(file, line(option));
    }

    private static String doubled(String text) {
        return text.replace("%%", "%").replace(HERE, "\0").replace("%", "%%").replace("\0", HERE);
    }

    private String formatted(String text) {
        StringBuilder formatted = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', from)) {
            formatted.append(text, from, at);
            boolean percent = text.startsWith("%%", at);
            formatted.append(percent ? "%" : here);
            from = at + (percent ? 2 : HERE.length());
        }
        return formatted.append(text, from, text.length()).toString();
    }
}
