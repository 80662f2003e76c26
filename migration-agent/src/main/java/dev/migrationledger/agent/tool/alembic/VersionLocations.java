package dev.migrationledger.agent.tool.alembic;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How Alembic tells the folders of {@code version_locations} apart. */
final class VersionLocations {

    private VersionLocations() {}

    /**
     * The folders, in order; an empty text where the list has an empty entry.
     *
     * @param pathSeparator value of {@code path_separator}, which wins (Alembic 1.16 and later)
     * @param versionPathSeparator value of {@code version_path_separator}
     * @param unknown told option and value where the separator is none that Alembic knows
     */
    static List<String> split(
            String value,
            @Nullable String pathSeparator,
            @Nullable String versionPathSeparator,
            BiConsumer<String, String> unknown) {
        String option = pathSeparator != null ? "path_separator" : "version_path_separator";
        String name = pathSeparator != null ? pathSeparator : versionPathSeparator;
        if (name == null) {
            return legacy(value);
        }
        String separator = switch (name) {
            case "space" -> " ";
            case "newline" -> "\n";
            case "os" -> File.pathSeparator;
            case ":", ";" -> name;
            default -> "";
        };
        if (separator.isEmpty()) {
            unknown.accept(option, name);
            return legacy(value);
        }
        List<String> folders = new ArrayList<>();
        for (String folder : value.split(Pattern.quote(separator), -1)) {
            if (!folder.isEmpty()) {
                folders.add(folder.strip());
            }
        }
        return folders;
    }

    /**
     * The folders of {@code prepend_sys_path}.
     *
     * @param pathSeparator value of {@code path_separator}
     * @param unknown told option and value where the separator is none that Alembic knows
     */
    static List<String> importFolders(
            String value, @Nullable String pathSeparator, BiConsumer<String, String> unknown) {
        return pathSeparator == null
                ? List.of(value.split(", *| +|:", -1))
                : split(value, pathSeparator, null, unknown);
    }

    /** What Alembic did before there was a separator to choose: a comma with spaces after it, or spaces. */
    private static List<String> legacy(String value) {
        return List.of(value.split(", *| +", -1));
    }
}
