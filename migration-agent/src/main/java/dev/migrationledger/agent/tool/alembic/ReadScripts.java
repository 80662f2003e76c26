package dev.migrationledger.agent.tool.alembic;

import dev.migrationledger.agent.tool.alembic.ScriptFiles.Found;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scripts as they were last read, so that reading a folder again reads only the files that changed. A file is taken for
 * unchanged if it has the size, the time and the inode that it had; one that was read within two seconds of its time is not,
 * because it could have been changed once more without a trace, and neither is one that took a constant from another file.
 */
final class ReadScripts {

    /** Fewer files are read faster than helping threads are woken. */
    private static final int WORTH_HELP = 64;

    /** The coarsest time that a file system in use keeps. */
    private static final Duration TICK = Duration.ofSeconds(2);

    private final Script.Contents contents;

    /** Of the layout that was read last. Replaced as a whole: two threads that read at once each have their own. */
    private volatile Memory memory = new Memory(Path.of(""), Path.of(""), Map.of());

    ReadScripts(Script.Contents contents) {
        this.contents = contents;
    }

    /**
     * What was read of one layout.
     *
     * @param base of the layout, on which the names of files depend
     * @param root of the layout
     */
    private record Memory(Path base, Path root, Map<Path, Known> scripts) {
        @Nullable
        Known of(Layout layout, Path file) {
            return base.equals(layout.base()) && root.equals(layout.root()) ? scripts.get(file) : null;
        }
    }

    private record Stamp(
            long size, FileTime modified, @Nullable Object inode) {
        static @Nullable Stamp of(Found found) {
            BasicFileAttributes attributes = found.attributes();
            return attributes == null
                    ? null
                    : new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }

        boolean isSettledAt(Instant time) {
            return modified.toInstant().plus(TICK).isBefore(time);
        }
    }

    /**
     * A script and the file it came from.
     *
     * @param stamp absent where the script has to be read again in any case
     */
    private record Known(
            Script script, @Nullable Stamp stamp) {}

    /** The scripts of these files, in their order. */
    List<Script> read(Layout layout, List<Found> files) {
        Memory before = memory;
        Known[] known = new Known[files.size()];
        int[] unread = IntStream.range(0, files.size()).filter(i -> {
            Known last = before.of(layout, files.get(i).path());
            if (last != null && last.stamp() != null && last.stamp().equals(Stamp.of(files.get(i)))) {
                known[i] = last;
            }
            return known[i] == null;
        }).toArray();
        IntConsumer one = i -> known[unread[i]] = read(layout, files.get(unread[i]));
        if (unread.length < WORTH_HELP) {
            IntStream.range(0, unread.length).forEach(one);
        } else {
            FileReading.each(unread.length, one);
        }
        Map<Path, Known> scripts = HashMap.newHashMap(known.length);
        for (int i = 0; i < known.length; i++) {
            scripts.put(files.get(i).path(), Objects.requireNonNull(known[i]));
        }
        memory = new Memory(layout.base(), layout.root(), scripts);
        return List.of(known).stream().map(Known::script).toList();
    }

    private Known read(Layout layout, Found found) {
        // Both before the bytes are read: what changes meanwhile has another time, or one not settled yet.
        Stamp stamp = Stamp.of(found);
        Instant now = Instant.now();
        Script.Reading reading = Script.read(layout, found, contents);
        boolean keeps = reading.alone() && stamp != null && stamp.isSettledAt(now);
        return new Known(reading.script(), keeps ? stamp : null);
    }
}
