package dev.migrationledger.agent.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Looks whether SQLite's write-ahead log is damaged. SQLite itself reads it up to the first frame whose checksum is wrong and passes over
 * the rest without a word, since a crash of the machine may leave such an end; so may damage, with much more behind it.
 *
 * <p>Form and checksums: sqlite.org/fileformat2.html#the_write_ahead_log.
 */
final class WriteAheadLog {

    private static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682; // the last bit says which order the checksums have

    private final ByteBuffer log;
    private int first;
    private int second;

    private WriteAheadLog(ByteBuffer log) {
        this.log = log;
    }

    /** Whether transactions that were committed cannot be read. At most one may be unfinished: each is on disk before the next begins. */
    static boolean isDamaged(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return false;
        }
        return bytes.length > HEADER && new WriteAheadLog(ByteBuffer.wrap(bytes)).isDamaged();
    }

    private boolean isDamaged() {
        ByteOrder order = (log.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        add(0, HEADER - 8, order);
        int page = log.getInt(8);
        if ((log.getInt(0) & ~1) != MAGIC || !isSum(HEADER - 8) || page < 512 || Integer.bitCount(page) != 1) {
            return true;
        }
        int frame = HEADER;
        int size = FRAME_HEADER + page;
        for (; frame + size <= log.capacity() && isCurrent(frame); frame += size) {
            add(frame, 8, order);
            add(frame + FRAME_HEADER, page, order);
            if (!isSum(frame + 16)) {
                break;
            }
        }
        int unread = 0;
        for (; frame + size <= log.capacity(); frame += size) {
            boolean ends = log.getInt(frame + 4) != 0; // the last of a transaction has the size of the database
            unread += isCurrent(frame) && ends ? 1 : 0;
        }
        return unread > 1;
    }

    /** Frames of earlier uses of the file lie behind those of the current one; these have its salt. */
    private boolean isCurrent(int frame) {
        return log.getLong(frame + 8) == log.getLong(16);
    }

    private void add(int from, int length, ByteOrder order) {
        ByteBuffer words = log.duplicate().order(order);
        for (int at = from; at < from + length; at += 8) {
            first += words.getInt(at) + second;
            second += words.getInt(at + 4) + first;
        }
    }

    private boolean isSum(int at) {
        return log.getInt(at) == first && log.getInt(at + 4) == second;
    }
}
