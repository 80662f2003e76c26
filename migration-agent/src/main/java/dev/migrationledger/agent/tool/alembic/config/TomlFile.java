package dev.migrationledger.agent.tool.alembic.config;

import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.scripts.ConfigProblem.*;
import dev.migrationledger.contracts.scripts.Place;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
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
     * @param name of the file, as problems name it
     * @param here folder of the file, as Alembic writes it: absolute, with {@code /}
     */
    public static TomlFile parse(String name, String text, String here) {
        if (!text.contains("alembic")) {
            return new TomlFile(null, List.of());
        }
        JsonNode root;
        try {
            root = TomlMapper.shared().readTree(text);
        } catch (JacksonException e) {
            if (e instanceof StreamConstraintsException && e.getOriginalMessage().contains("nesting")) {
                return new TomlFile(null, List.of(new NestedTooDeeply(new Place(name))));
            }
            TokenStreamLocation location = e.getLocation();
            return new TomlFile(null, List.of(new NotToml(
                    Place.of(name, location == null ? 0 : location.getLineNr()), firstLine(e.getOriginalMessage()))));
        } catch (StackOverflowError e) {
            return new TomlFile(null, List.of(new NestedTooDeeply(new Place(name))));
        }
        JsonNode table = root.path("tool").path("alembic");
        if (table.isMissingNode()) {
            return new TomlFile(null, List.of());
        }
        TomlLines lines = new TomlLines(text);
        if (!table.isObject()) {
            return new TomlFile(null, List.of(new NoTable(Place.of(name, lines.line("alembic")))));
        }
        Map<String, JsonNode> options = new TreeMap<>();
        table.properties().forEach(option -> options.put(option.getKey(), option.getValue()));
        return new TomlFile(new TomlTable(name, options, lines, here), List.of());
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "it cannot be read"
                : message.lines().findFirst().orElse("").replaceAll("[.:]\\s*$", "");
    }
}
