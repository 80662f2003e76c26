package dev.migrationledger.agent.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.alembic.Alembic;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.scripts.ReasonText;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads checkouts of other people's projects: {@code -Dsweep.projects=DIR[:DIR…]} names folders of them. The file of every revision is read,
 * {@code -Dsweep.shows=N} revisions of each history (default: all) are shown by {@code show}, and every history is judged by {@code doctor} and observed by
 * a round, against an empty database. A failure is what the agent calls an internal error or a lack of memory or stack, or an exit code
 * that it does not have. The table is printed and written to {@code target/sweep.md}. The other test watches each project by a process of its own, which must
 * record all revisions and a change of the version table, and end with 0 when it is asked to; it writes {@code target/watched.md}.
 */
@EnabledIfSystemProperty(named = "sweep.projects", matches = ".+", disabledReason = "folders of projects are named by hand")
class SweepOfProjects {

    private static final List<String> FAILURES = List.of("internal error", "more memory than", "too deeply to be read",
            "out of memory (", "\tat dev.migrationledger");

    private record Swept(String project, int revisions, int unread, int places, int shown, int doctor, int round,
            List<String> failures) {}

    private record Ran(int exit, String output) {}

    @Test
    void no_command_fails_on_any_project() throws Exception {
        List<Swept> all = new ArrayList<>();
        for (Path project : projects()) {
            Path scripts = scripts(project);
            if (scripts != null) {
                Swept swept = sweep(project, scripts);
                all.add(swept);
                System.out.println(line(swept));
            }
        }
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/sweep.md"), Stream.concat(
                Stream.of(
                        "| project | revisions | not read | with unread places | shown | doctor, round: exit | failures |",
                        "|---|---|---|---|---|---|---|"),
                all.stream().map(SweepOfProjects::line)).toList());
        System.out.printf("%d projects, %d revisions, %d failures%n", all.size(),
                all.stream().mapToInt(Swept::revisions).sum(), all.stream().mapToInt(one -> one.failures.size()).sum());
        assertThat(all.stream().flatMap(one -> one.failures.stream())).isEmpty();
    }

    @Test
    void no_process_that_watches_fails_on_any_project(@TempDir Path temp) throws Exception {
        List<String> failures = new ArrayList<>();
        List<String> lines = new ArrayList<>(List.of(
                "| project | revisions | recorded | files recorded | exit | failures |", "|---|---|---|---|---|---|"));
        for (Path project : projects()) {
            Path scripts = scripts(project);
            if (scripts != null) {
                String name = String.valueOf(project.getFileName());
                List<String> here = new ArrayList<>();
                lines.add(watch(name, new ScriptsLocation.Folder(scripts, project), temp.resolve(name), here));
                failures.addAll(here);
                System.out.println(lines.getLast());
            }
        }
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target/watched.md"), lines);
        System.out.printf("%d projects, %d failures%n", lines.size() - 2, failures.size());
        assertThat(failures).isEmpty();
    }

    private static String watch(String name, ScriptsLocation.Folder location, Path temp, List<String> failures) {
        History history = new Alembic().read(location);
        int files = history.revisions().size();
        String revision = files == 0 ? "none" : history.revisions().getFirst().revision();
        int revisions = history.graph().revisions().size();
        try {
            WatchedProject watched = WatchedProject.of(location.folder(), revision, files, temp);
            watched.log().lines().forEach(line -> note(failures, name, line));
            watched.log().lines().filter(line -> line.contains("Exception") || line.contains(" ERROR "))
                    .forEach(line -> failures.add(name + ": " + line));
            if (watched.exit() != 0 || watched.revisions() != revisions || watched.files() != files) {
                failures.add("%s: exit %d, %d of %d revisions, %d of %d files".formatted(name, watched.exit(),
                        watched.revisions(), revisions, watched.files(), files));
            }
            return "| %s | %d | %d | %d | %d | %s |".formatted(name, revisions, watched.revisions(), watched.files(),
                    watched.exit(), failures.isEmpty() ? "0" : failures.toString());
        } catch (Exception | AssertionError e) {
            failures.add(name + ": " + e.getMessage());
            return "| %s | %d | | | | %s |".formatted(name, revisions, failures);
        }
    }

    private static Swept sweep(Path project, Path scripts) {
        String database = TestServer.url(TestServer.newDatabase());
        ScriptsLocation location = new ScriptsLocation.Folder(scripts, project);
        Alembic tool = new Alembic();
        History history = tool.read(location);
        List<RevisionFile> files = tool.files(location, history.revisions());
        List<String> failures = new ArrayList<>();
        files.forEach(file -> file.footprint().upgrade().unknowns().forEach(
                unread -> note(failures, file.file(), ReasonText.of(unread.reason()))));
        ScriptFindings.of(history.problems())
                .forEach(problem -> note(failures, problem.subject(), problem.message()));
        int shown = 0;
        List<String> ids = history.revisions().stream().map(Revision::revision).distinct().toList();
        for (String id : ids.subList(0, Math.min(ids.size(), Integer.getInteger("sweep.shows", Integer.MAX_VALUE)))) {
            Ran show = run(failures, "show", id, "--scripts", scripts.toString());
            shown += show.exit <= 1 ? 1 : 0;
        }
        Ran doctor = run(failures, "doctor", "--scripts", scripts.toString(), "--database", database);
        Ran round = run(failures, "observe", "--scripts", scripts.toString(), "--database", database);
        return new Swept(String.valueOf(project.getFileName()), history.revisions().size(),
                (int) history.problems().stream().filter(problem -> problem.code() == DivergenceCode.SCRIPTS_UNREADABLE)
                        .count(),
                (int) files.stream().filter(file -> !file.footprint().upgrade().unknowns().isEmpty()).count(), shown,
                doctor.exit, round.exit, failures);
    }

    private static Ran run(List<String> failures, String... arguments) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int exit = Main.commandLineFor(arguments).setOut(writer).setErr(writer).execute(arguments);
        String what = String.join(" ", arguments);
        output.toString().lines().forEach(line -> note(failures, what, line));
        if (exit < 0 || exit > 3) {
            failures.add(what + ": exit code " + exit);
        }
        return new Ran(exit, output.toString());
    }

    private static void note(List<String> failures, String where, String text) {
        if (FAILURES.stream().anyMatch(text::contains)) {
            failures.add(where + ": " + text);
        }
    }

    private static String line(Swept swept) {
        return "| %s | %d | %d | %d | %d | %d, %d | %s |".formatted(swept.project, swept.revisions, swept.unread,
                swept.places, swept.shown, swept.doctor, swept.round,
                swept.failures.isEmpty() ? "0" : swept.failures.size() + ": " + swept.failures.getFirst());
    }

    private static List<Path> projects() throws IOException {
        List<Path> projects = new ArrayList<>();
        for (String folder : Arrays.asList(System.getProperty("sweep.projects").split(":"))) {
            try (Stream<Path> inside = Files.list(Path.of(folder).toAbsolutePath())) {
                inside.filter(Files::isDirectory)
                        .filter(one -> projects.stream().noneMatch(
                                other -> Objects.equals(other.getFileName(), one.getFileName())))
                        .filter(one -> !String.valueOf(one.getFileName()).contains("~"))
                        .forEach(projects::add);
            }
        }
        projects.sort(Comparator.comparing(project -> String.valueOf(project.getFileName())));
        return projects;
    }

    /** The folder {@code versions} that has the most scripts. */
    private static @Nullable Path scripts(Path project) throws IOException {
        try (Stream<Path> inside = Files.find(project, 12, (path, attributes) -> attributes.isDirectory()
                && path.endsWith("versions"))) {
            Optional<Path> most = inside.max(Comparator.comparingLong(SweepOfProjects::count));
            return most.filter(folder -> count(folder) > 0).orElse(null);
        }
    }

    private static long count(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".py")).count();
        } catch (IOException e) {
            return 0;
        }
    }
}
