package dev.migrationledger.agent.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.unread.FileReason.AgentFailure;
import dev.migrationledger.contracts.unread.FileReason.MemoryExceeded;
import dev.migrationledger.contracts.unread.FileReason.Obstacle;
import dev.migrationledger.contracts.unread.FileReason.UnreadFile;
import dev.migrationledger.testsupport.fuzz.FuzzSeeds;
import dev.migrationledger.testsupport.fuzz.Mutator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Projects in which one file is changed at random: {@code scan} ends as it says it does, and what {@code doctor} and {@code watch} read of them
 * never fails in the agent.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class MutatedProjectTest {

    private static final Path CASES = Path.of("src/test/resources");

    /** Of a script: the limits of readers count steps, so only a fault takes as long. */
    private static final long LONGEST_SECONDS = 60;

    @TempDir
    Path folder;

    private final List<Project> projects = new ArrayList<>();
    private final TreeSet<String> words = new TreeSet<>();

    /** @param files that a tool reads, relative to the folder */
    private record Project(Path folder, String arguments, List<Path> files) {}

    @BeforeEach
    void copy() throws IOException {
        add("navbot", Path.of("../docs/sample/navbot"), "");
        try (Stream<Path> cases = Files.list(CASES.resolve("scan"))) {
            for (Path one : cases.sorted().toList()) {
                add("scan-" + one.getFileName(), one, Files.readString(one.resolve("arguments")).strip());
            }
        }
        try (Stream<Path> others = Files.list(CASES.resolve("footprint/projects"))) {
            for (Path one : others.sorted().toList()) {
                add("footprint-" + one.getFileName(), one, "");
            }
        }
        Path scripts = folder.resolve("scripts-of-footprints");
        copy(CASES.resolve("footprint/scripts"), scripts.resolve("versions"));
        try (Stream<Path> files = Files.list(scripts.resolve("versions"))) {
            // Each is a revision of its own there.
            for (Path file : files.filter(it -> it.toString().endsWith(".py")).toList()) {
                Files.writeString(file, Files.readString(file).replaceFirst("(?m)^revision = .*",
                        "revision = '" + file.getFileName().toString().replace(".py", "") + "'"));
            }
        }
        Files.writeString(scripts.resolve("env.py"), "");
        Files.writeString(scripts.resolve("alembic.ini"), "[alembic]\nscript_location = %(here)s\n");
        add("footprints", scripts, "");
    }

    private void add(String name, Path from, String arguments) throws IOException {
        Path to = folder.resolve(name);
        copy(from, to);
        try (Stream<Path> all = Files.walk(to)) {
            List<Path> files = all.filter(Files::isRegularFile).map(to::relativize)
                    .filter(it -> it.toString().matches(".*\\.(py|ini|toml|mako|sql)")).sorted().toList();
            if (!files.isEmpty()) {
                projects.add(new Project(to, arguments, files));
            }
            for (Path file : files) {
                Arrays.stream(text(Files.readAllBytes(to.resolve(file))).split("[^\\w.'\"]+"))
                        .filter(it -> it.length() < 80).forEach(words::add);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path target = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(one, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void a_mutated_file_is_read_or_reported() {
        assertThat(projects).hasSizeGreaterThan(30);
        List<String> known = List.copyOf(words);
        FuzzSeeds.of(500).forEach(seed -> {
            Mutator mutator = new Mutator(seed);
            Project project = mutator.any(projects);
            Path file = mutator.any(project.files());
            try {
                read(mutator, project, project.folder().resolve(file), known);
            } catch (IOException | RuntimeException | Error e) {
                throw new AssertionError("-Dfuzz.seed=%d: %s of %s: %s".formatted(seed, file, project.folder(), e), e);
            }
        });
    }

    private static void read(Mutator mutator, Project project, Path file, List<String> words) throws IOException {
        byte[] before = Files.readAllBytes(file);
        byte[] changed = mutator.oneIn(4)
                ? mutator.bytes(before)
                : mutator.text(text(before), words).getBytes(StandardCharsets.UTF_8);
        Files.write(file, changed);
        try {
            long start = System.nanoTime();
            scan(project, mutator.random().nextBoolean() ? " --output json" : "");
            readAll(project);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)).isLessThan(LONGEST_SECONDS);
        } catch (RuntimeException | Error e) {
            Files.write(Path.of("target/mutated-" + file.getFileName()), changed);
            throw e;
        } finally {
            Files.write(file, before);
        }
    }

    private static void scan(Project project, String more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLineFor("scan")
                .addSubcommand("here", new ScanCommand(new ScriptsOptions(project.folder(), Map.of())))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int exit = Main.execute(command, Stream
                .concat(Stream.of("here"), Stream.of((project.arguments() + more).split(" ")))
                .filter(word -> !word.isEmpty()).toArray(String[]::new));
        assertThat(exit).as("%s%s", out, err).isBetween(0, 3);
        assertThat(err.toString()).doesNotContain("internal error", "out of memory", "Exception", "\tat ");
        assertThat(out + err.toString()).as("it says something").isNotBlank();
    }

    /** What the other commands read of a project. */
    private static void readAll(Project project) {
        try {
            ScriptsLocation location = new ScriptsOptions(project.folder(), Map.of()).location();
            MigrationTool tool = MigrationTools.of(location);
            History history = tool.read(location);
            for (RevisionFile file : tool.files(location, history.revisions())) {
                assertThat(Stream.concat(file.footprint().upgrade().unknowns().stream(),
                        file.footprint().downgrade().unknowns().stream()))
                        .extracting(Effect.Unread::reason)
                        .doesNotHaveAnyElementsOfTypes(AgentFailure.class, MemoryExceeded.class)
                        .doesNotContain(new UnreadFile(Obstacle.FILE_TOO_DEEP));
            }
            tool.database(location);
            tool.others(location);
            tool.invocation(location);
            tool.withUrl(location, "postgresql://u@h/d");
        } catch (CommandFailure e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
