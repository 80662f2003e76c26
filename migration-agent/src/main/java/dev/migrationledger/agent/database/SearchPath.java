package dev.migrationledger.agent.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of a {@code search_path}. What a script says becomes part of a statement only as quoted names.
 *
 * @param schemas as the catalogs have them
 */
public record SearchPath(List<String> schemas) {

    private static final Pattern NAME = Pattern.compile(
            "\\s*(?:\"((?:[^\"]|\"\")+)\"|'([^']+)'|([A-Za-z_$][\\w$]*))\\s*(,|$)");

    public SearchPath {
        schemas = List.copyOf(schemas);
    }

    /** Reads what may stand behind {@code SET search_path TO}; absent where it is no list of names. */
    public static @Nullable SearchPath parse(String text) {
        List<String> schemas = new ArrayList<>();
        Matcher name = NAME.matcher(text);
        boolean more = true;
        int from = 0;
        while (more) {
            name.region(from, text.length());
            if (!name.lookingAt()) {
                return null;
            }
            String bare = name.group(3);
            schemas.add(bare != null
                    ? bare.toLowerCase(Locale.ROOT)
                    : name.group(1) != null ? name.group(1).replace("\"\"", "\"") : name.group(2));
            more = !name.group(4).isEmpty();
            from = name.end();
        }
        return new SearchPath(schemas);
    }
}
