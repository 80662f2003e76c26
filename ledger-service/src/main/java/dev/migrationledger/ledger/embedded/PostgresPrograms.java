package dev.migrationledger.ledger.embedded;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs PostgreSQL's programs. */
final class PostgresPrograms {

    private final Path folder;
    private final Path home;
    private final Path output;

    /**
     * @param folder that holds {@code bin}
     * @param home of the ledger, whose file {@code program.log} takes what a program says while it runs
     */
    PostgresPrograms(Path folder, Path home) {
        this.folder = folder;
        this.home = home;
        this.output = home.resolve("program.log");
    }

    /** @throws StartupFailure with the program's own last words if it does not end with 0 */
    void run(String program, List<String> arguments) throws IOException {
        run(program, arguments, "");
    }

    /**
     * @param input of the program
     * @throws StartupFailure with the program's own last words if it does not end with 0
     */
    void run(String program, List<String> arguments, String input) throws IOException {
        List<String> command = new ArrayList<>(prefix());
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        // To a file and not a pipe: the server that pg_ctl leaves behind would keep a pipe open for ever.
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(folder.toFile());
        builder.environment().putAll(Map.of("LC_ALL", "C", "PGTZ", "UTC"));
        Process process = builder.start();
        try (Writer writer = process.outputWriter(StandardCharsets.UTF_8)) {
            writer.write(input);
        } catch (IOException e) {
            // It ended before it had read all; what it said is told below.
        }
        int exit = await(process);
        if (exit != 0) {
            String words = lastWords();
            throw new StartupFailure(
                    "PostgreSQL's %s failed with exit code %d: %s".formatted(program, exit, words), remedy(words));
        }
        Files.deleteIfExists(output);
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own, root is nobody. */
    private static List<String> prefix() {
        return root() ? List.of("unshare", "--user") : List.of();
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root")
                && System.getProperty("os.name").startsWith("Linux");
    }

    private String remedy(String words) {
        if (PrivateFiles.full(home)) {
            return PrivateFiles.FREE_SPACE.formatted(home);
        }
        return words.startsWith("unshare:") || words.contains("cannot be run as root")
                ? "Run the ledger as a user other than root, or set spring.datasource.url to your own PostgreSQL."
                : "See %s.".formatted(home.resolve("postgresql.log"));
    }

    private String lastWords() throws IOException {
        return String.join(
                " ",
                Files.readString(output, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .map(String::strip)
                        .toList());
    }

    private static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + process.info().command() + " ran");
        }
    }
}
