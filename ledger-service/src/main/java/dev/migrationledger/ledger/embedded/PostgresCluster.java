package dev.migrationledger.ledger.embedded;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data of one PostgreSQL: made once, started and stopped many times. */
final class PostgresCluster {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);

    private static final Pattern COMPLAINT = Pattern.compile("^.*?(?:FATAL|PANIC|HINT):\\s*");

    private static final int MOST_COMPLAINTS = 64 * 1024;

    /** A clean stop writes a checkpoint, which takes seconds on a slow disk. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path data;
    private final PostgresPrograms programs;

    PostgresCluster(Path data, PostgresPrograms programs) {
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
        if (exists()) {
            checkMajor(Files.readString(data.resolve("PG_VERSION")).strip(), major);
            return;
        }
        Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
        PrivateFiles.delete(unfinished);
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

    boolean exists() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    /** Needs no old password; no server may run on the data. */
    void setPassword(String user, String password) throws IOException {
        programs.run(
                "postgres",
                List.of("--single", "-D", data.toString(), "postgres"),
                "alter role %s password '%s'%n".formatted(user, password));
    }

    private void checkMajor(String written, String ours) {
        if (!written.equals(ours)) {
            throw new StartupFailure(
                    "The data in %s was written by PostgreSQL %s, but this ledger brings PostgreSQL %s."
                            .formatted(data, written, ours),
                    "Start the ledger release that wrote it. To upgrade, dump the data with that release's pg_dump and restore it"
                            + " into a new folder (ledger.embedded.data-dir).");
        }
    }

    /**
     * Starts the server and waits until it answers.
     *
     * @throws StartupFailure with PostgreSQL's own words
     */
    void start(int port, Map<String, String> settings, Path log) throws IOException {
        List<String> options = new ArrayList<>();
        settings.forEach((name, value) -> options.add("-c " + name + "=" + value));
        options.add("-c port=" + port);
        long before = Files.exists(log) ? Files.size(log) : 0;
        try {
            programs.run(
                    "pg_ctl",
                    List.of(
                            "start",
                            "--pgdata=" + data,
                            "--wait",
                            "--timeout=120",
                            "--log=" + log,
                            "--options=" + String.join(" ", options)));
        } catch (StartupFailure e) {
            String words = complaints(log, before);
            throw words.isEmpty() ? e : new StartupFailure("PostgreSQL did not start: " + words, e.remedy());
        }
    }

    /** What it gave as reasons, of what it wrote since the log was so long. */
    private static String complaints(Path log, long before) throws IOException {
        try (InputStream written = Files.newInputStream(log)) {
            written.skipNBytes(before);
            return new String(written.readNBytes(MOST_COMPLAINTS), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> COMPLAINT.matcher(line).find())
                    .map(line -> COMPLAINT.matcher(line).replaceFirst(""))
                    .distinct()
                    .collect(Collectors.joining(". "));
        } catch (NoSuchFileException | EOFException e) {
            return "";
        }
    }

    /** Breaks off running statements; committed data stays on disk. */
    void stop() throws IOException {
        stop(PATIENCE);
    }

    /**
     * Stops the server cleanly, or immediately if that takes longer than {@code patience}: PostgreSQL 18 never finishes a clean stop that is
     * requested during crash recovery. After an immediate stop it recovers all committed data at its next start.
     */
    void stop(Duration patience) throws IOException {
        try {
            stop("fast", patience);
        } catch (StartupFailure e) {
            LOG.warn("The embedded PostgreSQL did not stop within {} s; stopping it immediately.",
                    patience.toSeconds());
            stop("immediate", PATIENCE);
        }
    }

    private void stop(String mode, Duration patience) throws IOException {
        programs.run("pg_ctl",
                List.of("stop", "--pgdata=" + data, "--mode=" + mode, "--wait", "--timeout=" + patience.toSeconds()));
    }

    /**
     * Ends the server that a killed ledger left behind. The caller holds the folder's lock, so nobody else means to use it.
     *
     * @throws StartupFailure if it may not, or cannot tell whether a process is that server
     */
    void stopLeftOver() throws IOException {
        PostmasterPid file = new PostmasterPid(data);
        switch (file.holder()) {
            case PostmasterPid.Holder.NoProcess() -> {
            }
            case PostmasterPid.Holder.Illegible(),PostmasterPid.Holder.OtherProcess(ProcessHandle _) -> file.disown();
            case PostmasterPid.Holder.Server(ProcessHandle server) -> {
                checkUser(server);
                stop();
            }
            case PostmasterPid.Holder.Unclear(ProcessHandle process) -> throw new StartupFailure(
                    "Process %d may be the PostgreSQL of %s; the ledger cannot find out."
                            .formatted(process.pid(), data),
                    "If it is, stop it with 'kill -INT %d'; if it is not, delete %s. Then start the ledger again."
                            .formatted(process.pid(), data.resolve("postmaster.pid")));
        }
    }

    private void checkUser(ProcessHandle server) {
        String user = server.info().user().orElse("");
        String own = ProcessHandle.current().info().user().orElse("");
        if (!user.equals(own)) {
            throw new StartupFailure(
                    "The PostgreSQL of %s (process %d) belongs to the user %s; this ledger runs as %s."
                            .formatted(data, server.pid(), user, own),
                    "Run the ledger as %s.".formatted(user));
        }
    }

    /** The server that {@link #start} has started. Absent: it has ended since. */
    Optional<ProcessHandle> started() throws IOException {
        return new PostmasterPid(data).process();
    }
}
