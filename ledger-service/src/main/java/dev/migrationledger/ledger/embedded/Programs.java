package dev.migrationledger.ledger.embedded;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs PostgreSQL's programs. */
final class Programs {

    private final Path folder;
    private final Path output;

    /**
     * @param folder that holds {@code bin}
     * @param output file that takes what a program says while it runs
     */
    Programs(Path folder, Path output) {
        this.folder = folder;
        this.output = output;
    }

    /** @throws StartupFailure with the program's own last words if it does not end with 0 */
    void run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(prefix());
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        // To a file and not a pipe: the server that pg_ctl leaves behind would keep a pipe open for ever.
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .directory(folder.toFile());
        builder.environment().putAll(Map.of("LC_ALL", "C", "PGTZ", "UTC"));
        int exit = await(builder.start());
        if (exit != 0) {
            throw new StartupFailure(
                    "PostgreSQL's %s failed with exit code %d: %s".formatted(program, exit, lastWords()), remedy());
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

    private static String remedy() {
        return root()
                ? "Run the ledger as a user other than root, or set spring.datasource.url to a PostgreSQL of your own."
                : "See postgresql.log in the ledger's data folder.";
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
