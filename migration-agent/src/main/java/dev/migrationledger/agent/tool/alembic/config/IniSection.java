package dev.migrationledger.agent.tool.alembic.config;

import dev.migrationledger.agent.tool.alembic.config.IniFile.Option;
import dev.migrationledger.contracts.scripts.ConfigProblem.*;
import dev.migrationledger.contracts.scripts.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One section with its defaults. Values are interpolated by the rules of ConfigParser's BasicInterpolation. */
public final class IniSection {

    private static final Set<String> OF_ALEMBIC = Set.of(
            "script_location", "version_locations", "version_path_separator", "path_separator", "prepend_sys_path",
            "file_template", "timezone", "truncate_slug_length", "output_encoding", "sourceless",
            "recursive_version_locations", "revision_environment", "version_num_format", "version_table",
            "version_table_schema");

    /** ConfigParser's own limit. */
    private static final int DEEPEST = 10;

    /** References that multiply each other must not fill the memory. */
    private static final int LONGEST = 1_000_000;

    private final String file;
    private final String name;
    private final Map<String, Option> options;

    IniSection(String file, String name, Map<String, Option> options) {
        this.file = file;
        this.name = name;
        this.options = Map.copyOf(options);
    }

    /** Lower-case names of all options that can be seen here. */
    public Set<String> names() {
        return options.keySet();
    }

    /** The line of an option, from 1; 0 where it is not in the file. */
    public int line(String option) {
        Option found = options.get(option);
        return found == null ? 0 : found.line();
    }

    /** A value, or why there is none: exactly one of both. */
    public record Interpolated(
            @Nullable String value, @Nullable OfOption problem) {}

    /** The value of an option; absent where the option is not there. */
    public Optional<Interpolated> get(String option) {
        Option found = options.get(option);
        if (found == null) {
            return Optional.empty();
        }
        StringBuilder value = new StringBuilder();
        OfOption problem = interpolate(found, found, value, 1);
        return Optional
                .of(problem == null ? new Interpolated(value.toString(), null) : new Interpolated(null, problem));
    }

    /** What is wrong with any value of the section, in the order of the file. */
    public List<OfOption> problems() {
        List<OfOption> problems = new ArrayList<>();
        for (String option : options.keySet()) {
            OfOption problem = get(option).map(Interpolated::problem).orElse(null);
            if (problem != null) {
                problems.add(problem);
            }
        }
        problems.sort(Comparator.comparingInt(problem -> line(problem.option())));
        return problems;
    }

    private @Nullable OfOption interpolate(Option asked, Option option, StringBuilder value, int depth) {
        String rest = option.value();
        if (option.line() == 0) {
            // ConfigParser itself would stumble over a '%' in the folder's name only where the value is used.
            value.append(rest);
            return null;
        }
        if (depth > DEEPEST || value.length() > LONGEST) {
            return new ReferenceTooDeep(place(asked), asked.name());
        }
        int from = 0;
        for (int percent = rest.indexOf('%'); percent >= 0; percent = rest.indexOf('%', from)) {
            value.append(rest, from, percent);
            if (rest.startsWith("%", percent + 1)) {
                value.append('%');
                from = percent + 2;
                continue;
            }
            String reference = reference(rest, percent);
            if (reference == null) {
                return new StrayPercent(place(asked), asked.name(),
                        asked.name().equals(option.name()) ? null : option.name(), corrected(asked, option));
            }
            Option referred = options.get(reference.toLowerCase(Locale.ROOT));
            if (referred == null) {
                return new UndefinedReference(place(asked), asked.name(), reference, name, corrected(asked, option));
            }
            OfOption inner = interpolate(asked, referred, value, depth + 1);
            if (inner != null) {
                return inner;
            }
            from = percent + reference.length() + 4;
        }
        value.append(rest, from, rest.length());
        return null;
    }

    /** The name in {@code %(name)s}; absent where something else stands there. */
    private static @Nullable String reference(String text, int percent) {
        int close = text.startsWith("(", percent + 1) ? text.indexOf(')', percent) : -1;
        return close > percent + 2 && text.startsWith("s", close + 1) ? text.substring(percent + 2, close) : null;
    }

    private Place place(Option option) {
        return Place.of(file, option.line());
    }

    /** The line as it should be; absent unless Alembic has the option, because any other may hold a password. */
    private @Nullable String corrected(Option asked, Option option) {
        boolean elsewhere = !asked.name().equals(option.name()) || option.value().indexOf('\n') >= 0;
        return elsewhere || !OF_ALEMBIC.contains(option.name()) || option.value().contains("://")
                ? null
                : doubled(option.written().strip());
    }

    /** Every percent sign that is neither doubled nor begins a reference that leads somewhere, doubled. */
    private String doubled(String line) {
        StringBuilder corrected = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            corrected.append(line.charAt(i));
            if (line.charAt(i) == '%') {
                boolean already = line.startsWith("%", i + 1);
                String reference = reference(line, i);
                if (already || reference == null || !options.containsKey(reference.toLowerCase(Locale.ROOT))) {
                    corrected.append('%');
                }
                i += already ? 1 : 0;
            }
        }
        return corrected.toString();
    }
}
