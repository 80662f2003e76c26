package dev.migrationledger.ledger.embedded;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second ledger out of a folder. The operating system lets go of it when the ledger dies, however it dies. */
final class FolderLock implements AutoCloseable {

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /** @throws StartupFailure if another ledger holds it */
    static FolderLock take(Path folder) throws IOException {
        Path path = folder.resolve("ledger.lock");
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        if (lock(file) == null) {
            file.close();
            throw new StartupFailure(
                    "Another ledger (process %s) is using %s.".formatted(Files.readString(path).strip(), folder),
                    "Stop it, or set ledger.embedded.data-dir to another folder.");
        }
        file.truncate(0);
        file.write(ByteBuffer.wrap(
                Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new FolderLock(file);
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this process itself
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
