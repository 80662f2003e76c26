package dev.migrationledger.agent.spool;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.home.OwnersFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A spool's folder, held by one process at a time and readable by its owner alone. */
final class SpoolFolder implements AutoCloseable {

    private static final String LOCK = "spool.lock";
    private static final String AGENT = "agent";
    private static final String LOG = "spool.db-wal";

    private final Path folder;
    private final FileChannel lock;
    private final @Nullable Object lockKey;
    private final Instant written;

    private SpoolFolder(Path folder, FileChannel lock) throws IOException {
        this.folder = folder;
        this.lock = lock;
        this.lockKey = key();
        Path database = folder.resolve("spool.db");
        this.written = Files.exists(database) ? Files.getLastModifiedTime(database).toInstant() : Instant.MAX;
    }

    private @Nullable Object key() throws IOException {
        return Files.readAttributes(folder.resolve(LOCK), BasicFileAttributes.class).fileKey();
    }

    /** Whether the folder is still the one that is held. SQLite goes on with files that were deleted, and a restart would not find them. */
    boolean isThere() {
        try {
            return Objects.equals(lockKey, key());
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true; // not known; writing will tell
        }
    }

    /** The name of the agent whose spool is here, as it was written down beside it; empty where none was made yet. */
    Optional<String> agent() {
        try {
            return Optional.of(Files.readString(folder.resolve(AGENT), StandardCharsets.UTF_8).strip())
                    .filter(name -> !name.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A spool that can no longer be read, or reads as empty, is then known to have been one, and whose. */
    void remember(String agent) {
        if (agent().filter(agent::equals).isPresent()) {
            return;
        }
        try {
            Files.writeString(createdForOwner(folder.resolve(AGENT)), agent + "\n", StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandFailure.usage(
                    "The spool folder %s cannot be used: %s. Name another one with --spool DIR.".formatted(folder,
                            reason(e)));
        }
    }

    /** {@code $XDG_STATE_HOME} or {@code ~/.local/state} is where users' state belongs, but one folder is easier to find. */
    static Path usual(String use, String project, String environment, Map<String, String> variables) {
        try {
            return OwnersFiles.home(variables).resolve(use).resolve(project).resolve(environment);
        } catch (InvalidPathException e) {
            throw CommandFailure.usage("A spool folder cannot have these names: %s. Name a folder with --spool DIR."
                    .formatted(e.getReason()));
        }
    }

    /** The lock is the operating system's, so that it ends with the process, however that ends. */
    static SpoolFolder hold(Path folder) {
        FileChannel channel = null;
        try {
            OwnersFiles.createFolder(folder);
            channel = FileChannel.open(
                    createdForOwner(folder.resolve(LOCK)), StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock held = channel.tryLock();
            if (held == null) {
                String holder = holder(channel);
                channel.close();
                throw inUse(folder, "process " + holder);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(
                    Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)), 0);
            return new SpoolFolder(folder, channel);
        } catch (OverlappingFileLockException e) {
            closeQuietly(channel);
            throw inUse(folder, "process " + ProcessHandle.current().pid());
        } catch (IOException e) {
            closeQuietly(channel);
            throw CommandFailure.usage(
                    "The spool folder %s cannot be used: %s. Name another one with --spool DIR.".formatted(folder,
                            reason(e)));
        }
    }

    Path path() {
        return folder;
    }

    private static CommandFailure inUse(Path folder, String holder) {
        return CommandFailure.usage(
                "The spool %s is in use by %s; stop that agent, or give this one another --spool DIR.".formatted(
                        folder, holder));
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
        return text.isEmpty() ? "?" : text;
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // It held nothing.
                return;
            }
        }
    }

    /** The database's file, created empty for its owner alone: SQLite gives its other files the same permissions. */
    Path file() {
        try {
            return createdForOwner(folder.resolve("spool.db"));
        } catch (IOException e) {
            throw CommandFailure.usage(
                    "The spool folder %s cannot be used: %s. Name another one with --spool DIR.".formatted(folder,
                            reason(e)));
        }
    }

    /** Renames a damaged spool and keeps it. */
    void setAside(Instant now) {
        try {
            for (String name : new String[]{"spool.db", LOG, "spool.db-shm", "spool.db-journal"}) {
                Path file = folder.resolve(name);
                if (Files.exists(file)) {
                    Files.move(file, aside(name, now), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** Keeps a copy of SQLite's log if it is damaged: SQLite goes on with what it can read and deletes the rest. */
    boolean keepsDamagedLog(Instant now) {
        Path log = folder.resolve(LOG);
        try {
            boolean damaged = WriteAheadLog.isDamaged(log);
            if (damaged) {
                Files.copy(log, aside(LOG, now), StandardCopyOption.REPLACE_EXISTING);
            }
            return damaged;
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private Path aside(String name, Instant now) {
        return folder.resolve(name + ".damaged-" + now.toString().replace(':', '-'));
    }

    private CommandFailure damaged(IOException e) {
        return CommandFailure.usage(
                "The spool in %s is damaged and cannot be set aside: %s. Move it away, or name another with --spool DIR."
                        .formatted(folder, reason(e)));
    }

    /** When the spool was last written before it was opened. */
    Instant written() {
        return written;
    }

    private static Path createdForOwner(Path file) throws IOException {
        try {
            return OwnersFiles.create(file);
        } catch (FileAlreadyExistsException e) {
            return file;
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case FileAlreadyExistsException exists -> exists.getFile() + " is not a folder";
            case NoSuchFileException missing -> missing.getFile() + " cannot be created";
            case FileSystemException f when f.getReason() != null -> f.getFile() + ": " + f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
