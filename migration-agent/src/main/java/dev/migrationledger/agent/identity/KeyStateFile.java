package dev.migrationledger.agent.identity;

import dev.migrationledger.agent.home.OwnersFiles;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The state of a key, in a file beside it. A copy of both is of no use for long: who renews the key first leaves the other one with an old
 * state.
 */
public final class KeyStateFile {

    private static final int MOST_BYTES = 1_000;

    /** A lock of a file keeps out other processes, and fails for another thread of this one. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final String key;
    private final Path file;

    /**
     * The state of a key.
     *
     * @param key its id
     * @param file of the key
     */
    public KeyStateFile(String key, Path file) {
        this.key = key;
        this.file = file.resolveSibling(file.getFileName() + ".state");
    }

    /**
     * What the file has.
     *
     * @param key to which it belongs; an earlier key may have had the same file
     * @param next written before the ledger is asked to note it; absent: it has noted the current one
     * @param noted when it did
     */
    private record Content(String key, String current, @Nullable String next, Instant noted) {}

    /**
     * The states of a key.
     *
     * @param next what the ledger may have noted already; absent: nothing
     * @param noted when the ledger noted the current one
     */
    public record States(KeyState current, @Nullable KeyState next, Instant noted) {}

    /** What another process cannot change while it is held. */
    public interface Change<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Runs something while no other process and no other thread does. */
    public <T> T alone(Change<T> change) throws IOException, InterruptedException {
        THREADS.lockInterruptibly();
        try (FileChannel channel = FileChannel.open(file.resolveSibling(file.getFileName() + ".lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            return change.run();
        } catch (FileLockInterruptionException e) {
            throw new InterruptedException();
        } finally {
            THREADS.unlock();
        }
    }

    /** The states; empty if there are none of this key. */
    public Optional<States> read() throws IOException {
        byte[] bytes;
        try {
            if (Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            Content content = ContractJson.read(bytes, Content.class);
            return content.key().equals(key)
                    ? Optional.of(new States(KeyState.parse(content.current()),
                            content.next() == null ? null : KeyState.parse(content.next()), content.noted()))
                    : Optional.empty();
        } catch (WireException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Writes the states so that they outlast a power failure: an old state would look like a copy's. */
    public void write(States states) throws IOException {
        KeyState next = states.next();
        OwnersFiles.writeForGood(file, ContractJson.write(new Content(key, states.current().toString(),
                next == null ? null : next.toString(), states.noted())));
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
