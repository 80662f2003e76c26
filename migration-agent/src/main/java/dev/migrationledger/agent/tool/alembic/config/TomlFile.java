package dev.migrationledger.agent.tool.alembic.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/**
 * What {@code pyproject.toml} says to Alembic: its table {@code [tool.alembic]}.
 *
 * @param alembic absent where there is no such table, or none that could be read
 * @param problems why Alembic refuses the file
 */
public record TomlFile(
        @Nullable TomlTable alembic, List<ConfigProblem> problems) {

    public TomlFile {
        problems = List.copyOf(problems);
    }

    /**
     * Reads the whole file, if it speaks of Alembic at all.
     *
     * @param here folder of the file, as Alembic writes it: absolute, with {@code /}
     */
    public static TomlFile parse(String text, String here) {
        if (!text.contains("alembic")) {
            return new TomlFile(null, List.of());
        }
        JsonNode root;
        try {
            root = TomlMapper.shared().readTree(text);
        } catch (JacksonException e) {
            TokenStreamLocation location = e.getLocation();
            return new TomlFile(null, List.of(new ConfigProblem(
                    location == null ? 0 : Math.max(0, location.getLineNr()), null,
                    "The file is no TOML, so Alembic fails on every command (%s); correct the line."
                            .formatted(firstLine(e.getOriginalMessage())))));
        } catch (StackOverflowError e) {
            return new TomlFile(null, List.of(new ConfigProblem(
                    0, null, "The file is nested too deeply to be read; remove what nests so deeply.")));
        }
        JsonNode table = root.path("tool").path("alembic");
        if (table.isMissingNode()) {
            return new TomlFile(null, List.of());
        }
        TomlLines lines = new TomlLines(text);
        if (!table.isObject()) {
            return new TomlFile(null, List.of(new ConfigProblem(
                    lines.line("alembic"), "alembic",
                    "'tool.alembic' is no table, so Alembic fails with 'Incorrect TOML format'; write [tool.alembic] and its options below it.")));
        }
        Map<String, JsonNode> options = new TreeMap<>();
        table.properties().forEach(option -> options.put(option.getKey(), option.getValue()));
        return new TomlFile(new TomlTable(options, lines, here), List.of());
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "it cannot be read"
                : message.lines().findFirst().orElse("").replaceAll("[.:]\\s*$", "");
    }
}
