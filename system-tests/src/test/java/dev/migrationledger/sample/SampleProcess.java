package dev.migrationledger.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One of the executable jars as a process of its own, with its output in a file. */
final class SampleProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name;
    private final Process process;
    private final Path log;

    private SampleProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static SampleProcess start(String name, Path jar, Path logFolder, List<String> arguments) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is not there; build it first: mvn -DskipTests package");
        }
        Files.createDirectories(logFolder);
        Path log = logFolder.resolve(name + ".log");
        Path pidFile = logFolder.resolve(name + ".pid");
        endLeftOver(pidFile, jar);
        // Ctrl-C reaches every process of a terminal at once. The children ignore it, so that they can be ended in order.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.addAll(command(jar));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Files.writeString(pidFile, Long.toString(process.pid()));
        return new SampleProcess(name, process, log);
    }

    /** A run that was killed hard leaves its children behind. */
    private static void endLeftOver(Path pidFile, Path jar) throws IOException {
        if (Files.exists(pidFile)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
                    .filter(left -> left.info().commandLine().orElse("").contains(jar.getFileName().toString()))
                    .ifPresent(left -> {
                        left.destroy();
                        left.onExit().orTimeout(20, TimeUnit.SECONDS).exceptionally(late -> left).join();
                    });
        }
    }

    /** Runs a jar as its users do: by its launcher, which starts it from the cache that the build made, if it has one. */
    static List<String> command(Path jar) {
        Path launcher = jar.resolveSibling("../bin/migration-agent").normalize();
        if (Files.isExecutable(launcher)) {
            return List.of("env", "JAVA_HOME=" + System.getProperty("java.home"), launcher.toString());
        }
        List<String> command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        if (Files.isRegularFile(cache(jar))) {
            command.addAll(List.of("-XX:AOTCache=" + cache(jar), "-Xlog:aot*=off", "-Xlog:cds*=off"));
        }
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** Where the build keeps the classes of a jar as the JVM has them once they are loaded, if it does. */
    static Path cache(Path jar) {
        return jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".aot"));
    }

    /** The Java that runs this program, not the {@code java} on the path. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Waits for something that needs this process. */
    void await(String what, BooleanSupplier happened) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!happened.getAsBoolean()) {
            if (!isAlive()) {
                throw new IllegalStateException(this + " ended while waiting for " + what + ":\n" + tail());
            }
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException(
                        "waited " + PATIENCE.toSeconds() + " s for " + what + "; see " + log);
            }
            Thread.sleep(100);
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read)";
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    Path log() {
        return log;
    }

    /** Kills it as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to stop, as a supervisor does, and waits until it ended by itself; gives its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(this + " does not stop:\n" + tail());
        }
        return process.exitValue();
    }

    /** Asks it to stop, and insists after a while. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return name + " (process " + process.pid() + ", output in " + log + ")";
    }
}
