package dev.migrationledger.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Commands, signals, and the processes of a PostgreSQL server. */
final class Processes {

    private Processes() {}

    /** @param signal as {@code kill} names it; processes that are gone meanwhile are skipped */
    static void signal(String signal, List<Long> processes) throws IOException, InterruptedException {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(each -> command.add(Long.toString(each)));
        run(command);
    }

    /** Gives the exit code. */
    static int run(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The running server of a folder that an embedded PostgreSQL was started in. */
    static Optional<ProcessHandle> server(Path folder) throws IOException {
        Path file = folder.resolve("data/postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        return lines.isEmpty()
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(Processes::runs);
    }

    /** Whether it is still running. A zombie is not. */
    static boolean runs(ProcessHandle process) {
        try {
            String state = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return process.isAlive() && state.charAt(state.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** The server's processes, itself first. */
    static List<Long> all(ProcessHandle server) {
        return Stream.concat(Stream.of(server), server.children()).map(ProcessHandle::pid).toList();
    }

    /** Those that serve a session. */
    static List<Long> sessions(ProcessHandle server) {
        return server.children().map(ProcessHandle::pid).filter(Processes::servesSession).toList();
    }

    private static boolean servesSession(long process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process), "cmdline")).contains("127.0.0.1(");
        } catch (IOException e) {
            return false;
        }
    }
}
