package dev.migrationledger.sample;

import dev.migrationledger.testsupport.golden.GoldenFile;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * What a person types in a story and sees, as a golden file. Ids, times and addresses have the same names in every run; a
 * message that a screen breaks is one line.
 */
final class Transcript {

    private static final Path FILES = SampleLayout.here().root().resolve("system-tests/src/test/resources/stories");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");

    /** Of an agent: whole as its enrolment shows it, or its beginning. A digest of a file is the same in every run. */
    private static final Pattern KEY = Pattern.compile("(?m)(?<=^Key {6})[0-9a-f]{64}|\\b[0-9a-f]{16}(?=…)");

    /** How a screen indents the lines of a message. */
    private static final Pattern INDENTED = Pattern.compile("(?m)^( {9}\\S.*|  No ledger .*)\\R {2,9}(?=\\S)");

    private final DeployProject project;
    private final Path programs;
    private final Map<String, String> ids = new HashMap<>();
    private String ledger;
    private final StringBuilder text = new StringBuilder();

    Transcript(DeployProject project, String title) throws IOException {
        this.project = project;
        this.ledger = project.run().url();
        this.programs = Files.createDirectories(project.home().resolve("bin"));
        Path agent = programs.resolve("migration-agent");
        Files.writeString(agent, "#!/bin/sh\nexec %s \"$@\"\n".formatted(
                String.join(" ", SampleProcess.command(SampleLayout.here().agentJar()))));
        Files.setPosixFilePermissions(agent, PosixFilePermissions.fromString("rwxr-xr-x"));
        text.append("# ").append(title).append('\n');
    }

    /** What happens next, in words. */
    void note(String words) {
        text.append("\n# ").append(words).append('\n');
    }

    /** From now on the ledger is asked through this address. */
    void through(String url) {
        ledger = url;
    }

    /**
     * Types a line into a shell. {@code $HERE} names the environment in the ledger, {@code $PROJECT} only its project, and
     * {@code $LEDGER} only the ledger.
     *
     * @param image the working directory
     * @param exitCode that it has to have
     */
    String type(String environment, Path image, String line, int exitCode) throws Exception {
        return shown(line, typed(environment, image, line), exitCode);
    }

    private String shown(String line, ProcessOutput output, int exitCode) {
        text.append("\n$ ").append(normal(line)).append('\n').append(normal(output.text()));
        if (output.exitCode() != 0) {
            text.append("(exit code ").append(output.exitCode()).append(")\n");
        }
        if (output.exitCode() != exitCode) {
            throw new AssertionError("exit code %d, not %d, in:\n%s".formatted(output.exitCode(), exitCode, text));
        }
        return output.text();
    }

    /**
     * Types several lines at the same time, as from several shells. They are shown in this order.
     *
     * @return what all of them print
     */
    String typeAtOnce(String environment, Path image, List<String> lines, int exitCode) throws Exception {
        try (ExecutorService shells = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ProcessOutput>> outputs = lines.stream()
                    .map(line -> shells.submit(() -> typed(environment, image, line))).toList();
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < lines.size(); i++) {
                all.append(shown(lines.get(i), outputs.get(i).get(), exitCode));
            }
            return all.toString();
        }
    }

    /** Types such a line, and tells only its exit code. */
    int exitCode(String environment, Path image, String line) throws Exception {
        return typed(environment, image, line).exitCode();
    }

    private ProcessOutput typed(String environment, Path image, String line) throws Exception {
        return ProcessOutput.ofLine(line, image, programs, Map.of(
                "HOME", project.home().toString(),
                "DATABASE_URL", project.databaseUrl(environment),
                "LEDGER", ledger,
                "PROJECT", target(project.target(environment).subList(0, 4)),
                "HERE", target(project.target(environment))));
    }

    private String target(List<String> options) {
        return String.join(" ", options).replace(project.run().url(), ledger);
    }

    /** Holds all of it against the golden file. */
    void compare(String name) throws IOException {
        GoldenFile.compare(FILES.resolve(name + ".txt"), text.toString());
    }

    private String normal(String shown) {
        String placed = shown.replaceAll(
                "\\s+" + Pattern.quote(project.home().toString()) + "/image[-\\w]*(,?)\\s+", " IMAGE$1 ");
        String named = ID.matcher(placed).replaceAll(id -> ids.computeIfAbsent(id.group(),
                _ -> "ID-" + (ids.size() + 1)));
        return KEY.matcher(joined(TIME.matcher(named).replaceAll("TIME"))).replaceAll("KEY")
                .replace(project.home().toString(), "~")
                .replace(ledger, "http://ledger:8080")
                .replaceAll("127\\.0\\.0\\.1-\\d+", "ledger-8080")
                .replaceAll("127\\.0\\.0\\.1:\\d+/" + project.run().project() + "_", "db/")
                .replaceAll("\\b" + project.run().project() + "\\b", "navbot")
                .replace(project.run().project() + "_", "navbot_")
                .replaceAll("\\bdigest [0-9a-f]{12}\\b", "digest DIGEST")
                .replaceAll("Alembic \\d\\S*, PostgreSQL \\d\\S*", "Alembic 1.x, PostgreSQL 18.x");
    }

    /** Times have more or fewer digits, so a screen breaks lines elsewhere. */
    private static String joined(String shown) {
        String before;
        String after = shown;
        do {
            before = after;
            after = INDENTED.matcher(before).replaceAll("$1 ");
        } while (!after.equals(before));
        return after;
    }
}
