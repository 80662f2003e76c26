package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.write.WriteSettings;
import dev.migrationledger.contracts.scripts.ConfigProblem.*;
import dev.migrationledger.contracts.scripts.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a project's configuration means: where its scripts are, and what it says of the database. */
final class Configuration {

    private static final String SCRIPTS = "script_location";

    private static final String URL = "sqlalchemy.url";
    private static final String VERSIONS = "version_locations";
    private static final int LARGEST_ENVIRONMENT = 1 << 20;

    private final ScriptsLocation.Config location;
    private final Settings settings;
    private final ConfigProblems problems;

    private Configuration(ScriptsLocation.Config location) {
        this.location = location;
        this.settings = Settings.of(location);
        this.problems = settings.problems();
    }

    /** Reads the files; fails with wrong usage where there is none. */
    static Configuration of(ScriptsLocation.Config location) {
        return new Configuration(location);
    }

    /** Where the scripts are; fails with wrong usage where the folder it names is not there. */
    Layout layout() {
        String named = scriptLocation();
        if (named == null && !settings.has(SCRIPTS) && !settings.isTomlUnreadable()) {
            problems.add(new NoScriptLocation(settings.place(SCRIPTS),
                    location.file() == null ? null : location.section()));
        }
        boolean recursive = settings.truth("recursive_version_locations");
        boolean sourceless = settings.truth("sourceless");
        List<Path> folders = new ArrayList<>();
        Path scriptFolder = named == null ? null : folder(SCRIPTS, named);
        if (named != null) {
            if (scriptFolder != null && asksForWholeSection(scriptFolder.resolve("env.py"))) {
                settings.wholeSectionIsAskedFor();
            }
            List<String> versions = versionLocations();
            if (versions.isEmpty()) {
                addIfThere(folders, scriptFolder == null ? null : scriptFolder.resolve("versions"), SCRIPTS);
            } else {
                versions.forEach(versionFolder -> addVersionFolder(folders, versionFolder));
            }
        }
        Path base = settings.first().folder();
        Path root = ProjectRoot.above(
                base.startsWith(location.workingDirectory()) ? location.workingDirectory() : base);
        Path environment = scriptFolder == null ? null : scriptFolder.resolve("env.py");
        return new Layout(location.toString(), base, root, environment, folders, recursive, sourceless,
                settings.options(environment == null ? null : text(environment)),
                problems.sorted());
    }

    /** What it says of new files. */
    WriteSettings writeSettings() {
        return new WriteSettings(settings.text("file_template"), settings.text("timezone"),
                settings.text("truncate_slug_length"), settings.text("output_encoding"), settings.hooks(),
                settings.options("")::find);
    }

    /** All folders that it names for revisions, whether or not they are there. */
    List<Path> newFileFolders() {
        String named = scriptLocation();
        List<String> versions = versionLocations();
        if (named == null || !versions.isEmpty()) {
            return versions.stream().map(location.workingDirectory()::resolve).map(Path::normalize).toList();
        }
        Path scripts = folder(SCRIPTS, named);
        return scripts == null ? List.of() : List.of(scripts.resolve("versions"));
    }

    /** What the files and {@code env.py} say of the database. */
    DatabaseTarget database() {
        String url = settings.iniText(URL);
        DatabaseTarget ini = DatabaseTarget.of(isPlaceholder(url) ? null : url, URL, settings.iniText("version_table"),
                settings.iniText("version_table_schema"));
        return Environments.target(ini, settings.problem(URL), layout());
    }

    /** Flask-Migrate sets it to the ini's own folder when it calls Alembic. */
    private @Nullable String scriptLocation() {
        return isOfFlaskMigrate() ? settings.first().folder().toString() : settings.text(SCRIPTS);
    }

    /** Whether the ini names no scripts and lies beside an {@code env.py}: Alembic alone would not find them. */
    boolean isOfFlaskMigrate() {
        Path folder = settings.first().folder();
        return !settings.has(SCRIPTS) && Files.isRegularFile(folder.resolve("env.py"))
                && Files.isDirectory(folder.resolve("versions"));
    }

    /** What {@code alembic init} writes; nobody means it. */
    private static boolean isPlaceholder(@Nullable String url) {
        return url != null && url.startsWith("driver://");
    }

    /** As the templates of Alembic do. */
    private static boolean asksForWholeSection(Path environment) {
        String text = text(environment);
        return text != null && text.contains("get_section(");
    }

    /** Absent where it is not to be read. */
    private static @Nullable String text(Path environment) {
        try {
            return Files.isRegularFile(environment) && Files.size(environment) <= LARGEST_ENVIRONMENT
                    ? new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1)
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private List<String> versionLocations() {
        List<String> fromToml = settings.texts(VERSIONS);
        String fromIni = settings.iniText(VERSIONS);
        if (fromToml != null || fromIni == null) {
            return fromToml == null ? List.of() : fromToml;
        }
        return VersionLocations.split(fromIni, settings.iniText("path_separator"),
                settings.iniText("version_path_separator"), this::separator);
    }

    /** What Alembic puts before Python's own search path, so that packages are found. */
    private List<Path> importFolders() {
        List<String> fromToml = settings.texts("prepend_sys_path");
        String fromIni = settings.iniText("prepend_sys_path");
        List<String> named = fromToml != null || fromIni == null
                ? fromToml == null ? List.of() : fromToml
                : VersionLocations.importFolders(fromIni, settings.iniText("path_separator"), this::separator);
        List<Path> folders = new ArrayList<>();
        for (String folder : named) {
            try {
                folders.add(location.workingDirectory().resolve(folder));
            } catch (InvalidPathException e) {
                // Python looks into no such folder either.
            }
        }
        return folders;
    }

    private void separator(String option, String value) {
        problems.add(new UnknownSeparator(settings.place(option), option, value));
    }

    private void addVersionFolder(List<Path> folders, String named) {
        if (named.isEmpty()) {
            problems.add(new EmptyVersionLocation(settings.place(VERSIONS)));
        } else {
            addIfThere(folders, folder(VERSIONS, named), VERSIONS);
        }
    }

    private void addIfThere(List<Path> folders, @Nullable Path folder, String option) {
        if (folder != null && Files.isDirectory(folder)) {
            folders.add(folder);
        } else if (folder != null) {
            Place place = settings.place(option);
            problems.add(option.equals(SCRIPTS)
                    ? new NoVersionsFolder(place, folder.toString())
                    : new FolderMissing(place, folder.toString()));
        }
    }

    /** As Alembic resolves it, and where that leads nowhere, from the file's own folder. Absent: nowhere at all. */
    private @Nullable Path folder(String option, String named) {
        Place place = settings.place(option);
        try {
            return new NamedFolder(location.workingDirectory(), settings.fileOf(option).folder(), importFolders(),
                    place)
                    .resolve(named, problems::add);
        } catch (NamedFolder.NotFound e) {
            if (option.equals(SCRIPTS) && !(e.problem() instanceof PackageNotFound)) {
                throw CommandFailure.usage(
                        "'script_location = %s' of '%s' is not an existing folder; correct it, or name the scripts with --scripts DIR."
                                .formatted(named, settings.fileOf(option).named()));
            }
            problems.add(e.problem());
            return null;
        }
    }
}
