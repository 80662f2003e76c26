package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.config.IniFile;
import dev.migrationledger.agent.tool.alembic.config.IniSection;
import dev.migrationledger.agent.tool.alembic.config.TomlFile;
import dev.migrationledger.agent.tool.alembic.config.TomlTable;
import dev.migrationledger.contracts.scripts.ConfigProblem.IniNotUtf8;
import dev.migrationledger.contracts.scripts.ConfigProblem.OfOption;
import dev.migrationledger.contracts.scripts.ConfigProblem.OtherWordForTrue;
import dev.migrationledger.contracts.scripts.ConfigProblem.TomlNotUtf8;
import dev.migrationledger.contracts.scripts.ConfigProblem.UndefinedReference;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.core.scripts.ScriptFindings;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code alembic.ini} and {@code pyproject.toml} say together. The ini wins, option by option; most projects have no more. */
final class Settings {

    /** Alembic asks the other file for these where the ini has them empty. */
    private static final List<String> LISTS = List.of("version_locations", "prepend_sys_path");

    /**
     * What Alembic asks for on every command, measured with 1.8 and 1.20: ConfigParser interpolates an option when it is asked for, so that
     * nothing else can stop a command before env.py.
     */
    private static final Set<String> ASKED_FOR = Set.of("script_location", "version_locations",
            "version_path_separator",
            "path_separator", "prepend_sys_path", "file_template", "truncate_slug_length", "timezone",
            "output_encoding",
            "sourceless", "recursive_version_locations");

    private static final String HOOKS = "post_write_hooks";

    private final ScriptsLocation.Config location;
    private final @Nullable ConfigFile iniFile;
    private final @Nullable ConfigFile tomlFile;
    private final @Nullable IniSection section;
    private final @Nullable TomlTable table;
    private final boolean tomlUnreadable;
    private final List<String> hooks;
    private final ConfigProblems problems;

    private Settings(ScriptsLocation.Config location) {
        this.location = location;
        iniFile = location.file() == null ? null : ConfigFile.read(location, location.file());
        tomlFile = location.pyproject() == null ? null : ConfigFile.read(location, location.pyproject());
        problems = new ConfigProblems(Stream.of(iniFile, tomlFile)
                .flatMap(Stream::ofNullable).map(ConfigFile::name).toList());
        IniFile ini = iniFile == null ? null : IniFile.parse(iniFile.name(), iniFile.text());
        section = iniFile == null || ini == null || !ini.sectionNames().contains(location.section())
                ? null
                : ini.section(location.section(), iniFile.here());
        TomlFile toml = tomlFile == null ? null : TomlFile.parse(tomlFile.name(), tomlFile.text(), tomlFile.here());
        table = toml == null ? null : toml.alembic();
        tomlUnreadable = toml != null && !toml.problems().isEmpty();
        hooks = ini != null && iniFile != null && ini.sectionNames().contains(HOOKS)
                ? ini.section(HOOKS, iniFile.here()).get("hooks").map(IniSection.Interpolated::value)
                        .map(Settings::names).orElse(List.of())
                : table == null ? List.of() : table.names(HOOKS);
        if (ini != null && iniFile != null) {
            examine(ini, iniFile);
        }
        if (toml != null && tomlFile != null) {
            examine(ini, toml, tomlFile);
        }
    }

    /** Reads the files; fails with wrong usage where there is none, or nothing in it that is meant. */
    static Settings of(ScriptsLocation.Config location) {
        return new Settings(location);
    }

    private void examine(IniFile ini, ConfigFile file) {
        if (!file.utf8()) {
            problems.add(new IniNotUtf8(new Place(file.name())));
        }
        ini.problems().forEach(problems::add);
        if (section == null) {
            if (ini.problems().isEmpty() && (table == null || !table.has("script_location"))) {
                throw CommandFailure.usage(ini.sectionNames().isEmpty()
                        ? "'%s' has no section at all; name Alembic's configuration with --config FILE, or the scripts with --scripts DIR."
                                .formatted(file.named())
                        : "'%s' has no section [%s]; name one of its sections with -n: %s.".formatted(
                                file.named(), location.section(), String.join(", ", ini.sectionNames())));
            }
            return;
        }
        section.problems().stream().filter(Settings::isAskedFor).forEach(problems::add);
        ini.section(HOOKS, file.here()).problems().stream()
                .filter(problem -> ini.sections().getOrDefault(HOOKS, Map.of())
                        .containsKey(problem.option()))
                .forEach(problems::add);
    }

    private void examine(@Nullable IniFile ini, TomlFile toml, ConfigFile file) {
        toml.problems().forEach(problems::add);
        if (table == null) {
            if (iniFile == null && toml.problems().isEmpty()) {
                throw CommandFailure.usage(
                        "'%s' has no [tool.alembic], and there is no alembic.ini; go to the folder that has one, or name it with --config FILE, or the scripts with --scripts DIR."
                                .formatted(file.named()));
            }
            return;
        }
        if (!file.utf8()) {
            problems.add(new TomlNotUtf8(new Place(file.name())));
        }
        Set<String> fromIni = new HashSet<>(section == null ? Set.of() : section.names());
        fromIni.removeIf(option -> !inIni(option));
        if (ini != null && ini.sectionNames().contains(HOOKS)) {
            fromIni.add(HOOKS);
        }
        table.problems(fromIni).forEach(problems::add);
    }

    private static boolean isAskedFor(OfOption problem) {
        return ASKED_FOR.contains(problem.option());
    }

    /** What stops an {@code env.py} that asks for the whole section. What only lacks a value, it may have set before. */
    void wholeSectionIsAskedFor() {
        if (section != null && iniFile != null) {
            section.problems().stream()
                    .filter(problem -> !isAskedFor(problem) && !(problem instanceof UndefinedReference))
                    .forEach(problems::add);
        }
    }

    /** Names of what is run after a file is written. */
    List<String> hooks() {
        return hooks;
    }

    private static List<String> names(String list) {
        return Stream.of(list.split(", *| +|\n", -1)).filter(name -> !name.isEmpty()).toList();
    }

    ConfigProblems problems() {
        return problems;
    }

    /** The file that comes first: the ini, if there is one. */
    ConfigFile first() {
        if (iniFile != null) {
            return iniFile;
        }
        if (tomlFile != null) {
            return tomlFile;
        }
        throw new IllegalStateException("a location without a configuration file");
    }

    /** The file that has an option; the first one where none has. */
    ConfigFile fileOf(String option) {
        return !inIni(option) && table != null && tomlFile != null && table.has(option) ? tomlFile : first();
    }

    Place place(String option) {
        ConfigFile file = fileOf(option);
        int line = inIni(option) && section != null ? section.line(option) : table == null ? 0 : table.line(option);
        return Place.of(file.name(), line);
    }

    /** Whether either file has an option, readable or not. */
    boolean has(String option) {
        return inIni(option) || (table != null && table.has(option));
    }

    /** Whether {@code pyproject.toml} could not be read, so that nothing is known of what it has. */
    boolean isTomlUnreadable() {
        return tomlUnreadable;
    }

    /** A text; absent where no file has it, or what it has is wrong. */
    @Nullable
    String text(String option) {
        if (inIni(option)) {
            return iniText(option);
        }
        return table == null ? null : table.text(option);
    }

    /** A text that is asked of the ini alone. */
    @Nullable
    String iniText(String option) {
        return section == null ? null : section.get(option).map(IniSection.Interpolated::value).orElse(null);
    }

    /**
     * What a script finds that asks the ini.
     *
     * @param environment the text of {@code env.py}; absent: it may set any option
     */
    Options options(@Nullable String environment) {
        return environment == null ? Options.UNREAD : Options.of(section, environment);
    }

    /** The list that {@code pyproject.toml} has, which is asked for where the ini has none or an empty one; absent: the ini's counts. */
    @Nullable
    List<String> texts(String option) {
        if (inIni(option)) {
            return null;
        }
        return table == null ? List.of() : table.texts(option);
    }

    /** Of the ini Alembic takes the exact word {@code true} and nothing else, of TOML the boolean. */
    boolean truth(String option) {
        if (!inIni(option)) {
            return table != null && table.truth(option);
        }
        String value = iniText(option);
        if (value != null && List.of("yes", "on", "1", "true").contains(value.toLowerCase(Locale.ROOT))
                && !value.equals("true")) {
            problems.add(new OtherWordForTrue(place(option), option, value));
        }
        return "true".equals(value);
    }

    /** Why the ini's text of an option cannot be read: a whole sentence; absent: nothing is wrong with it. */
    @Nullable
    String problem(String option) {
        OfOption problem = section == null
                ? null
                : section.get(option).map(IniSection.Interpolated::problem).orElse(null);
        return problem == null
                ? null
                : "%s line %d: %s".formatted(first().named(), problem.place().line(),
                        ScriptFindings.of(problem).message());
    }

    /** Whether the ini is the one to ask; of a list it is not where it has an empty one. */
    private boolean inIni(String option) {
        return section != null && section.names().contains(option)
                && !(LISTS.contains(option) && "".equals(iniText(option)));
    }
}
