package dev.migrationledger.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Java program that runs until it is killed or stopped, and is started again with the same arguments. */
final class Program {

    private static final int LAST_LINES = 25;

    private final String name;
    private final Map<String, String> environment;
    private final List<String> command;
    private final Path log;
    private @Nullable Process process;
    private long logBefore;

    /** @param environment variables of the process, besides the inherited ones */
    Program(String name, Path logs, Map<String, String> environment, List<String> command) {
        this.name = name;
        this.environment = Map.copyOf(environment);
        this.command = List.copyOf(command);
        this.log = logs.resolve(name + ".log");
    }

    /** An executable jar. */
    static Program ofJar(String name, Path jar, Path logs, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(java(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString()));
        command.addAll(arguments);
        return new Program(name, logs, environment, command);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    void start() throws IOException {
        Files.createDirectories(log.getParent());
        logBefore = Files.exists(log) ? Files.size(log) : 0;
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** The exit code, once it has ended by itself. */
    int await() throws InterruptedException {
        return running().waitFor();
    }

    long pid() {
        return running().pid();
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        checkAlive();
        running().destroyForcibly().waitFor();
        process = null;
    }

    /** As SIGTERM; gives the exit code. */
    int stop() throws InterruptedException {
        checkAlive();
        Process stopped = running();
        stopped.destroy();
        if (!stopped.waitFor(90, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " does not end on SIGTERM:\n" + lastLines());
        }
        process = null;
        return stopped.exitValue();
    }

    /** In any state. */
    void end() {
        Process left = process;
        if (left != null) {
            left.destroyForcibly();
        }
    }

    /** Whether these words are in its log since it was started last. */
    boolean hasPrinted(String words) throws IOException {
        try (InputStream written = Files.newInputStream(log)) {
            written.skipNBytes(logBefore);
            return new String(written.readAllBytes(), StandardCharsets.UTF_8).contains(words);
        }
    }

    /** False only before it was started and after it was killed or stopped. */
    boolean runs() {
        return process != null;
    }

    boolean alive() {
        Process it = process;
        return it != null && it.isAlive();
    }

    /** One that was killed counts as alive: it did not end by itself. */
    void checkAlive() {
        Process it = process;
        if (it != null && !it.isAlive()) {
            throw new AssertionError("%s ended by itself with exit code %d:%n%s"
                    .formatted(name, it.exitValue(), lastLines()));
        }
    }

    private Process running() {
        Process it = process;
        if (it == null) {
            throw new IllegalStateException(name + " does not run");
        }
        return it;
    }

    String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read";
        }
    }
}
