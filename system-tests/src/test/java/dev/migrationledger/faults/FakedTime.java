package dev.migrationledger.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The time of day of one Java process and those that follow it, by libfaketime where it is installed (Debian's package {@code
 * faketime}). Time that only passes, and what the process starts, keep to the machine's clock.
 */
final class FakedTime {

    /** How many days it may be off; no run takes as long. */
    static final List<Integer> DAYS = List.of(-2, 0, 2);

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
            Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

    private final Path library;
    private final Path offset;
    private final Set<Duration> offsets = new HashSet<>();
    private int days;

    private FakedTime(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** @param offset file that says how far the clock is off; empty where there is no libfaketime */
    static Optional<FakedTime> at(Path offset) throws IOException {
        Optional<Path> library = LIBRARIES.stream().filter(Files::exists).findFirst();
        if (library.isEmpty()) {
            return Optional.empty();
        }
        Files.createDirectories(offset.getParent());
        FakedTime clock = new FakedTime(library.get(), offset);
        clock.set(0);
        return Optional.of(clock);
    }

    /** For the process. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD", library.toString(),
                "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                "FAKETIME_CACHE_DURATION", "1",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                // Otherwise every timed wait of a JVM ends at once.
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "NO_FAKE_STAT", "1",
                "FAKETIME_ONLY_CMDS", "java");
    }

    /** Moves it to another of the {@link #DAYS}; the process sees that within a second. */
    void move(Random random) throws IOException {
        List<Integer> others = DAYS.stream().filter(each -> each != days).toList();
        set(others.get(random.nextInt(others.size())));
    }

    private void set(int next) throws IOException {
        Path written = Files.writeString(offset.resolveSibling(offset.getFileName() + ".new"),
                "%+dd%n".formatted(next));
        Files.move(written, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        days = next;
        offsets.add(Duration.ofDays(next));
    }

    /** How far it was off at any time. */
    Set<Duration> offsets() {
        return offsets;
    }
}
