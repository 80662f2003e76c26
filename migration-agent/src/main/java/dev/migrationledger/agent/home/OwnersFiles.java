package dev.migrationledger.agent.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** Folders and files that their owner alone may read and write, where the file system knows owners. */
public final class OwnersFiles {

    private OwnersFiles() {}

    /**
     * The agent's folder in the home directory. It need not exist.
     *
     * @param variables of the process
     */
    public static Path home(Map<String, String> variables) {
        return Path.of(variables.getOrDefault("HOME", System.getProperty("user.home", ".")), ".migration-ledger");
    }

    /** A host and port as a name of a file. */
    public static String named(String ledger) {
        return ledger.replaceAll("[^A-Za-z0-9.-]", "-");
    }

    /** Makes a folder and those above it, if they are missing. */
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, permissions("rwx------"));
    }

    /** Makes an empty file; fails if it exists. */
    public static Path create(Path file) throws IOException {
        return Files.createFile(file, permissions("rw-------"));
    }

    /** Writes a file whole or not at all, instead of the one that may be there. Its folder has to exist. */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** The same, and it outlasts a power failure. */
    public static void writeForGood(Path file, byte[] bytes) throws IOException {
        write(file, bytes, StandardOpenOption.SYNC);
        if (knowsOwners()) {
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private static void write(Path file, byte[] bytes, StandardOpenOption how) throws IOException {
        Path written = Files.createTempFile(file.toAbsolutePath().getParent(), "new-", ".tmp",
                permissions("rw-------"));
        try {
            Files.write(written, bytes, StandardOpenOption.WRITE, how);
            try {
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Whether its owner alone may read and write it. */
    public static boolean isOwners(Path file) throws IOException {
        return !knowsOwners() || Files.getPosixFilePermissions(file).stream()
                .allMatch(permission -> permission.name().startsWith("OWNER"));
    }

    private static FileAttribute<?>[] permissions(String permissions) {
        return knowsOwners()
                ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(Set.copyOf(
                        PosixFilePermissions.fromString(permissions)))}
                : new FileAttribute<?>[0];
    }

    private static boolean knowsOwners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}
