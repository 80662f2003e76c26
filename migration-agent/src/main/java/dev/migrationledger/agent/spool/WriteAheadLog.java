package dev.migrationledger.agent.spool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment log;
    private int first;
    private int second;

    private WriteAheadLog(MemorySegment log) {
        this.log = log;
    }

    /** Whether transactions that were committed cannot be read. At most one may be unfinished: each is on disk before the next begins. */
    static boolean isDamaged(Path file) throws IOException {
        // Mapped: after a long outage it may be larger than the heap.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ); Arena mapped = Arena.ofConfined()) {
            return channel.size() > HEADER
                    && new WriteAheadLog(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), mapped))
                            .isDamaged();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean isDamaged() {
        ByteOrder order = (log.get(INT, 0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ValueLayout.OfInt words = INT.withOrder(order);
        add(0, HEADER - 8, words);
        int page = log.get(INT, 8);
        if ((log.get(INT, 0) & ~1) != MAGIC || !isSum(HEADER - 8) || page < 512 || Integer.bitCount(page) != 1) {
            return true;
        }
        long frame = HEADER;
        int size = FRAME_HEADER + page;
        for (; frame + size <= log.byteSize() && isCurrent(frame); frame += size) {
            add(frame, 8, words);
            add(frame + FRAME_HEADER, page, words);
            if (!isSum(frame + 16)) {
                break;
            }
        }
        int unread = 0;
        for (; frame + size <= log.byteSize(); frame += size) {
            boolean ends = log.get(INT, frame + 4) != 0; // the last of a transaction has the size of the database
            unread += isCurrent(frame) && ends ? 1 : 0;
        }
        return unread > 1;
    }

    /** Frames of earlier uses of the file lie behind those of the current one; these have its salt. */
    private boolean isCurrent(long frame) {
        return log.get(LONG, frame + 8) == log.get(LONG, 16);
    }

    private void add(long from, int length, ValueLayout.OfInt words) {
        for (long at = from; at < from + length; at += 8) {
            first += log.get(words, at) + second;
            second += log.get(words, at + 4) + first;
        }
    }

    private boolean isSum(long at) {
        return log.get(INT, at) == first && log.get(INT, at + 4) == second;
    }
}
