package dev.migrationledger.agent;

import dev.migrationledger.agent.cli.ExitCode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes the cache that {@code bin/migration-agent} starts from: the agent's classes as the JVM has them once they are loaded and linked
 * (JEP 483, 514). A cache fits one jar and one Java, and its name says which. The launcher looks for that name; the JVM compares again
 * and goes on without a cache that does not fit.
 */
public final class AotCache {

    /** As the launcher: the JVM takes no cache that was made with another collector. */
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m");

    /** They would change what the training run is about, or end it. */
    private static final List<String> OPTIONS_OF_OTHERS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "JDK_AOT_VM_OPTIONS");

    /** Of a folder that serves several jars, or several Javas. */
    private static final int KEPT = 3;

    private AotCache() {}

    /** The folder to make it in. Does nothing where the cache is there, or another process is making it. */
    public static void main(String[] args) throws InterruptedException, URISyntaxException {
        Path jar = Path.of(AotCache.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try {
            make(jar, Path.of(System.getProperty("java.home")), Path.of(args[0]).toAbsolutePath());
        } catch (IOException e) {
            System.err.println("migration-agent: cannot create the AOT cache, so commands start slower: " + e);
            System.exit(ExitCode.UNKNOWN);
        }
    }

    static void make(Path jar, Path javaHome, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path cache = folder.resolve(name(jar, javaHome));
        try (FileChannel lock = FileChannel.open(folder.resolve("migration-agent.lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
                FileLock held = lock.tryLock()) {
            if (held == null || Files.exists(cache)) {
                return;
            }
            Path unfinished = folder.resolve("migration-agent.unfinished");
            Path configuration = folder.resolve("migration-agent.unfinished.config");
            try {
                train(jar, javaHome, unfinished);
                // Nobody ever sees half a cache.
                Files.move(unfinished, cache, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
                Files.deleteIfExists(configuration);
            }
            throwAwayOld(folder, folder.equals(jar.toAbsolutePath().getParent()) ? 1 : KEPT);
        }
    }

    /** Which jar and which Java it is made of, by what one call of {@code stat} tells of each. */
    public static String name(Path jar, Path javaHome) throws IOException {
        return "migration-agent-%s-%s.aot".formatted(stamp(jar), stamp(javaHome.resolve("lib/modules")));
    }

    private static String stamp(Path file) throws IOException {
        return Files.getLastModifiedTime(file).to(TimeUnit.SECONDS) + "." + Files.size(file);
    }

    private static void train(Path jar, Path javaHome, Path output) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(javaHome.resolve("bin/java").toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-XX:AOTCacheOutput=" + output, "-cp", jar.toString(), TrainingRun.class.getName()));
        ProcessBuilder training = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        training.environment().keySet().removeAll(OPTIONS_OF_OTHERS);
        int exit = training.start().waitFor();
        if (exit != 0 || !Files.exists(output)) {
            throw new IOException("the training run ended with exit code " + exit);
        }
    }

    private static void throwAwayOld(Path folder, int kept) throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(folder)) {
            newestFirst = files.filter(AotCache::isCache)
                    .sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed()).toList();
        }
        for (Path old : newestFirst.stream().skip(kept).toList()) {
            // A process that started from it still has it open.
            Files.deleteIfExists(old);
        }
    }

    private static boolean isCache(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("migration-agent-") && name.endsWith(".aot");
    }
}
