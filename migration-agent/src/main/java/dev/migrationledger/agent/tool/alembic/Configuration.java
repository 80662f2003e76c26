package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.config.IniFile;
import dev.migrationledger.agent.tool.alembic.config.IniProblem;
import dev.migrationledger.agent.tool.alembic.config.IniSection;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one {@code alembic.ini} says. */
final class Configuration {

    /** An ini file is a few kilobytes; what is larger was named by mistake. */
    private static final long LARGEST = 4 << 20;

    private final ScriptsLocation.Config location;
    private final Path file;
    private final IniSection section;
    private final List<Finding> findings = new ArrayList<>();

    private Configuration(ScriptsLocation.Config location, Path file, String text, boolean undecodable) {
        this.location = location;
        this.file = file;
        IniFile ini = IniFile.parse(text);
        this.section = ini.section(location.section(), folder().toString().replace('\\', '/'));
        if (undecodable) {
            warn(0, "The file is not UTF-8, so what Alembic reads depends on each machine's locale; save it as UTF-8.");
        }
        ini.problems().forEach(this::invalid);
        if (ini.sectionNames().contains(location.section())) {
            section.problems().forEach(this::invalid);
            ini.section("post_write_hooks", folder().toString()).problems().stream()
                    .filter(problem -> ini.sections().getOrDefault("post_write_hooks", Map.of())
                            .containsKey(String.valueOf(problem.option())))
                    .forEach(this::invalid);
        } else if (ini.problems().isEmpty()) {
            throw CommandFailure.usage(
                    ini.sectionNames().isEmpty()
                            ? "'%s' has no section at all; name Alembic's configuration with --config FILE, or the scripts with --scripts DIR."
                                    .formatted(location.file())
                            : "'%s' has no section [%s]; name one of its sections with -n: %s.".formatted(
                                    location.file(), location.section(), String.join(", ", ini.sectionNames())));
        }
    }

    /** Reads the file; fails with wrong usage where there is none. */
    static Configuration of(ScriptsLocation.Config location) {
        Path file = location.workingDirectory().resolve(location.file()).normalize();
        if (Files.isDirectory(file)) {
            throw CommandFailure.usage(
                    "'%s' is a folder, not a configuration file; name the alembic.ini in it with --config FILE, or the scripts with --scripts DIR."
                            .formatted(location.file()));
        }
        if (Files.notExists(file)) {
            throw CommandFailure.usage(
                    "There is no configuration file '%s'; name another with --config FILE, or the scripts with --scripts DIR."
                            .formatted(location.file()));
        }
        if (file.toString().endsWith(".toml")) {
            throw CommandFailure.usage(
                    "'%s' is TOML, which this agent does not read; name the folder with the scripts with --scripts DIR instead."
                            .formatted(location.file()));
        }
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                throw CommandFailure.usage(
                        "'%s' is no ini file of Alembic (nothing of over 4 MB is); name the right one with --config FILE."
                                .formatted(location.file()));
            }
            byte[] bytes = Files.readAllBytes(file);
            try {
                String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                return new Configuration(location, file, text, false);
            } catch (CharacterCodingException e) {
                return new Configuration(location, file, new String(bytes, StandardCharsets.ISO_8859_1), true);
            }
        } catch (AccessDeniedException e) {
            throw CommandFailure.unknown(
                    "'%s' may not be read by this user; allow it, or run as one who may.".formatted(location.file()));
        } catch (IOException e) {
            throw CommandFailure.unknown("'%s' cannot be read: %s.".formatted(location.file(), e.getMessage()));
        }
    }

    /** Where the scripts are; fails with wrong usage where the folder it names is not there. */
    Layout layout() {
        List<Path> folders = new ArrayList<>();
        Optional<IniSection.Interpolated> scripts = section.get("script_location");
        if (scripts.isEmpty()) {
            error(
                    0,
                    "There is no 'script_location' in [%s], without which Alembic does nothing; add the folder of env.py, such as 'script_location = migrations'."
                            .formatted(location.section()));
        }
        String named = scripts.map(IniSection.Interpolated::value).orElse(null);
        boolean recursive = truth("recursive_version_locations");
        boolean sourceless = truth("sourceless");
        if (named != null) {
            Path scriptFolder = folder("script_location", named);
            String versions = value("version_locations");
            if (versions == null || versions.isEmpty()) {
                addIfThere(folders, scriptFolder == null ? null : scriptFolder.resolve("versions"), "script_location");
            } else {
                VersionLocations
                        .split(versions, value("path_separator"), value("version_path_separator"), this::separator)
                        .forEach(versionFolder -> addVersionFolder(folders, versionFolder));
            }
        }
        findings.sort(Comparator.comparingInt(Configuration::line));
        Path root = folder().startsWith(location.workingDirectory()) ? location.workingDirectory() : folder();
        return new Layout(location.file().toString(), folder(), root, folders, recursive, sourceless, findings);
    }

    /** What it says of the database; fails with wrong usage where that cannot be read. */
    DatabaseTarget database() {
        return new DatabaseTarget(
                needed("sqlalchemy.url"), needed("version_table"), needed("version_table_schema"));
    }

    private @Nullable String needed(String option) {
        IniProblem problem = section.get(option).map(IniSection.Interpolated::problem).orElse(null);
        if (problem != null) {
            throw CommandFailure.usage("%s line %d: %s".formatted(location.file(), problem.line(), problem.message()));
        }
        String value = value(option);
        return value == null || value.isBlank() ? null : value;
    }

    private @Nullable String value(String option) {
        return section.get(option).map(IniSection.Interpolated::value).orElse(null);
    }

    private Path folder() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /** Alembic takes the exact word {@code true} and nothing else. */
    private boolean truth(String option) {
        String value = value(option);
        if (value != null && List.of("yes", "on", "1", "true").contains(value.toLowerCase(Locale.ROOT))
                && !value.equals("true")) {
            warn(section.line(option),
                    "'%s = %s' counts as false, because Alembic knows only 'true'; write '%s = true'.".formatted(option,
                            value, option));
        }
        return "true".equals(value);
    }

    private void separator(String option, String value) {
        error(
                section.line(option),
                "'%s = %s' is no separator that Alembic knows, so every command fails; write space, newline, os, ':' or ';'."
                        .formatted(option, value));
    }

    private void addVersionFolder(List<Path> folders, String named) {
        if (named.isEmpty()) {
            warn(
                    section.line("version_locations"),
                    "'version_locations' has an empty entry, for which Alembic runs every script of the working directory; remove the separator too many.");
        } else {
            addIfThere(folders, folder("version_locations", named), "version_locations");
        }
    }

    private void addIfThere(List<Path> folders, @Nullable Path folder, String option) {
        if (folder != null && Files.isDirectory(folder)) {
            folders.add(folder);
        } else if (folder != null) {
            warn(
                    section.line(option),
                    "There is no folder '%s', so no scripts are read from it; create it or correct '%s'."
                            .formatted(folder, option));
        }
    }

    /** As Alembic resolves it, and where that leads nowhere, from the ini's own folder. Absent: nowhere at all. */
    private @Nullable Path folder(String option, String named) {
        try {
            return new NamedFolder(location.workingDirectory(), folder()).resolve(named,
                    message -> note(section.line(option), message));
        } catch (NamedFolder.NotFound e) {
            if (option.equals("script_location") && !e.inPackage()) {
                throw CommandFailure.usage(
                        "'script_location = %s' of '%s' names no folder that exists; correct it, or name the scripts with --scripts DIR."
                                .formatted(named, location.file()));
            }
            if (e.inPackage()) {
                error(section.line(option), e.reason());
            } else {
                warn(section.line(option), e.reason());
            }
            return null;
        }
    }

    private void invalid(IniProblem problem) {
        error(problem.line(), problem.message());
    }

    private void error(int line, String message) {
        findings.add(Finding.error(DivergenceCode.CONFIG_INVALID, message, exhibit(line)));
    }

    private void warn(int line, String message) {
        findings.add(Finding.warning(DivergenceCode.CONFIG_INVALID, message, exhibit(line)));
    }

    private void note(int line, String message) {
        findings.add(new Finding(
                DivergenceCode.CONFIG_INVALID,
                Severity.INFO,
                message,
                List.of(exhibit(line)),
                List.of()));
    }

    private static int line(Finding finding) {
        Integer line = finding.evidence().getFirst().line();
        return line == null ? 0 : line;
    }

    private Exhibit exhibit(int line) {
        String name = String.valueOf(file.getFileName());
        return line > 0 ? Exhibit.file(name, line) : Exhibit.file(name);
    }
}
