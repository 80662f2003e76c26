package dev.migrationledger.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** A small file system in memory, mounted on a folder, which can be filled up. Mounting needs root. */
final class Disk implements AutoCloseable {

    private static final int PAGE = 4096;

    private final Path folder;
    private final Path filling;

    private Disk(Path folder) {
        this.folder = folder;
        filling = folder.resolve("filling");
    }

    /** Makes the folder and mounts a file system of so many megabytes there; empty where that is not allowed. */
    static Optional<Disk> mount(Path folder, int megabytes) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        boolean mounted = Processes.run(List.of("mount", "-t", "tmpfs", "-o", "mode=700,size=" + megabytes + "m",
                "faults", folder.toString())) == 0;
        return mounted ? Optional.of(new Disk(folder)) : Optional.empty();
    }

    /** Takes all the space that is left. */
    void fill() throws IOException {
        for (int size : List.of(1 << 20, PAGE)) {
            byte[] zeros = new byte[size];
            try (OutputStream out = Files.newOutputStream(filling, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(zeros);
                }
            } catch (IOException full) {
                if (Files.getFileStore(folder).getUsableSpace() >= size) {
                    throw full;
                }
            }
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(filling);
    }

    /** What was on it is gone. */
    @Override
    public void close() throws IOException {
        try {
            Processes.run(List.of("umount", "--lazy", folder.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
