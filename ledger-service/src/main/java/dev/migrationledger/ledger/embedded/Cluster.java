package dev.migrationledger.ledger.embedded;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data of one PostgreSQL: made once, started and stopped many times. */
final class Cluster {

    private final Path data;
    private final Programs programs;

    Cluster(Path data, Programs programs) {
        this.data = data;
        this.programs = programs;
    }

    /**
     * Makes the data folder unless it is there. One that is there is whole: it gets its name last.
     *
     * @param major that the programs are of, such as {@code 18}
     * @throws StartupFailure if the data is of another major version
     */
    void create(String major, String user, Path passwordFile) throws IOException {
        Path version = data.resolve("PG_VERSION");
        if (Files.exists(version)) {
            checkMajor(Files.readString(version).strip(), major);
            return;
        }
        Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
        Folders.delete(unfinished);
        programs.run(
                "initdb",
                List.of(
                        "--pgdata=" + unfinished,
                        "--username=" + user,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        // PostgreSQL's own collation: an upgrade of the operating system cannot reorder an index.
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--locale=C"));
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void checkMajor(String written, String ours) {
        if (!written.equals(ours)) {
            throw new StartupFailure(
                    "The data in %s was written by PostgreSQL %s; this ledger comes with PostgreSQL %s."
                            .formatted(data, written, ours),
                    "Dump it with pg_dump of the ledger release that wrote it and restore it into a new folder"
                            + " (ledger.embedded.data-dir), or go back to that release.");
        }
    }

    /** Starts the server and waits until it answers. */
    void start(int port, Map<String, String> settings, Path log) throws IOException {
        List<String> options = new ArrayList<>();
        settings.forEach((name, value) -> options.add("-c " + name + "=" + value));
        options.add("-c port=" + port);
        programs.run(
                "pg_ctl",
                List.of(
                        "start",
                        "--pgdata=" + data,
                        "--wait",
                        "--timeout=120",
                        "--log=" + log,
                        "--options=" + String.join(" ", options)));
    }

    /** Ends the server cleanly: what is running there is broken off, what was committed is on disk. */
    void stop() throws IOException {
        programs.run("pg_ctl", List.of("stop", "--pgdata=" + data, "--mode=fast", "--wait", "--timeout=120"));
    }

    /**
     * Ends the server that a killed ledger left behind. The caller holds the folder's lock, so nobody else means to use
     * it. After a crash of the machine the pid may be another program's by now; PostgreSQL would then refuse to start.
     */
    void stopLeftOver() throws IOException {
        if (process().isPresent()) {
            stop();
        } else {
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    /** The server that runs on this data. Absent: none does, although a killed one may have left its pid. */
    Optional<ProcessHandle> process() {
        try {
            return Optional.of(Files.readAllLines(data.resolve("postmaster.pid")))
                    .flatMap(lines -> ProcessHandle.of(Long.parseLong(lines.getFirst().strip())))
                    .filter(process -> process.info().command().map(it -> it.endsWith("/postgres")).orElse(true));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
