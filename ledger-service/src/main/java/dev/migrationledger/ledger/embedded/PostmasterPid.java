package dev.migrationledger.ledger.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's file {@code postmaster.pid}: who runs on the data. After a crash of the machine, or in a copy of the folder, its process
 * id belongs to somebody else, so a process is taken for the server only by what is seen of the process itself.
 *
 * <p>Lines: process id, data folder, start in seconds since 1970, port, folder of the socket, address, shared memory.
 */
final class PostmasterPid {

    /** Clocks are set while servers run; a process id is not reused within this time. */
    private static final Duration CLOCK_STEP = Duration.ofMinutes(1);

    /** Above the largest process id of Linux (2^22) and macOS: PostgreSQL sees that no such process runs. */
    private static final int NEVER_A_PROCESS = Integer.MAX_VALUE;

    private final Path data;
    private final Path file;

    PostmasterPid(Path data) {
        this.data = data;
        this.file = data.resolve("postmaster.pid");
    }

    /** Whose the process id in the file is. */
    sealed interface Holder {

        /** There is no file, or no such process runs. PostgreSQL itself knows what to do. */
        record NoProcess() implements Holder {}

        /** The server that runs on this data. */
        record Server(ProcessHandle process) implements Holder {}

        /** Some other process; also another PostgreSQL. */
        record OtherProcess(ProcessHandle process) implements Holder {}

        /** A PostgreSQL of this user; the operating system does not tell on which data. */
        record Unclear(ProcessHandle process) implements Holder {}

        /** The file names no process; it was cut off, or PostgreSQL did not write it. */
        record Illegible() implements Holder {}
    }

    Holder holder() throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return new Holder.NoProcess();
        }
        if (pid(lines).isEmpty()) {
            return new Holder.Illegible();
        }
        Optional<ProcessHandle> process = process(lines);
        return process.isEmpty()
                ? new Holder.NoProcess()
                : holder(process.get(), number(lines, 2).map(Instant::ofEpochSecond));
    }

    private Holder holder(ProcessHandle process, Optional<Instant> started) throws IOException {
        ProcessHandle.Info info = process.info();
        if (info.command().filter(it -> !isPostgres(it)).isPresent()) {
            return new Holder.OtherProcess(process);
        }
        try { // a server works in its data folder
            Path folder = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
            return Files.exists(folder) && Files.isSameFile(folder, data)
                    ? new Holder.Server(process)
                    : new Holder.OtherProcess(process);
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(Path.of("/proc/self"))) {
                return new Holder.OtherProcess(process); // has ended and waits for its parent
            }
        } catch (AccessDeniedException | UnsupportedOperationException e) {
            // Another user's process: less is known of it.
        }
        // PostgreSQL runs only on data that its own user owns.
        String owner = Files.getOwner(data).getName();
        if (info.user().filter(it -> !it.equals(owner)).isPresent()) {
            return new Holder.OtherProcess(process);
        }
        Optional<String[]> arguments = info.arguments();
        if (arguments.isPresent()) {
            return Arrays.asList(arguments.get()).contains(data.toString())
                    ? new Holder.Server(process)
                    : new Holder.OtherProcess(process);
        }
        boolean reused = started.isPresent() && info.startInstant()
                .filter(it -> it.isAfter(started.get().plus(CLOCK_STEP)))
                .isPresent();
        return reused ? new Holder.OtherProcess(process) : new Holder.Unclear(process);
    }

    /** A program that was replaced while it runs has {@code (deleted)} behind its name. */
    private static boolean isPostgres(String command) {
        return command.endsWith("/postgres") || command.endsWith("/postgres (deleted)");
    }

    /** The process in the file, whoever it is. Empty: none runs. */
    Optional<ProcessHandle> process() throws IOException {
        try {
            return process(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<ProcessHandle> process(List<String> lines) {
        return pid(lines).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
    }

    private static Optional<Long> pid(List<String> lines) {
        return number(lines, 0).filter(it -> it > 0);
    }

    private static Optional<Long> number(List<String> lines, int line) {
        return Optional.of(lines)
                .filter(it -> it.size() > line)
                .map(it -> it.get(line).strip())
                .filter(it -> it.matches("\\d{1,18}"))
                .map(Long::valueOf);
    }

    /**
     * Removes the id of a foreign process from the file, and anything that is not a process id. PostgreSQL would take any process of the same user for a
     * server; with the other lines left it still looks by itself whether the shared memory of the last server is in use.
     */
    void disown() throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        if (lines.isEmpty()) {
            Files.delete(file); // PostgreSQL refuses an empty one
            return;
        }
        lines.set(0, Integer.toString(NEVER_A_PROCESS));
        Files.write(file, lines, StandardCharsets.ISO_8859_1, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
