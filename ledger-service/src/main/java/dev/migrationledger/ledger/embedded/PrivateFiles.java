package dev.migrationledger.ledger.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Files that are whole or not there, and that nobody else can read. */
public final class PrivateFiles {

    /** What to do about a full disk, with its folder. */
    static final String FREE_SPACE = "Free space on the disk of %s and start the ledger again; nothing recorded is lost.";

    /** A segment of PostgreSQL's log: with less it does not start. */
    private static final long LEAST_BYTES = 16L * 1024 * 1024;

    private PrivateFiles() {}

    /** Whether there is too little space for PostgreSQL. */
    static boolean full(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < LEAST_BYTES;
        } catch (IOException e) {
            return false; // not known, and there is another failure to tell
        }
    }

    static void createPrivate(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    static void writePrivate(Path file, String content) throws IOException {
        write(file, unfinished -> Files.writeString(unfinished, content, StandardCharsets.UTF_8));
    }

    /** Writes a file, which has its name only once it is whole. */
    public static <R, E extends Exception> R write(Path file, Content<R, E> content) throws IOException, E {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(unfinished,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            R result = content.writeTo(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return result;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** What a file gets. */
    public interface Content<R, E extends Exception> {
        R writeTo(Path file) throws IOException, E;
    }

    /** Deletes a folder and what is in it; does nothing where there is none. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
