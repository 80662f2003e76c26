package dev.migrationledger.core.checkpoint;

import dev.migrationledger.contracts.log.LogHash;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The state of a log: how many leaves it has, and the root above them. Its text is that of C2SP tlog-checkpoint.
 *
 * @param origin names the log, for good
 */
public record Checkpoint(String origin, long size, LogHash root) {

    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    public Checkpoint {
        NoteKey.checkName(origin);
        if (size < 0) {
            throw new IllegalArgumentException("a log has no " + size + " leaves");
        }
    }

    /** What is signed. */
    public String text() {
        return origin + '\n' + size + '\n' + root.base64() + '\n';
    }

    /**
     * Reads the text of a checkpoint. Lines after the third are extensions; they are passed over.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Checkpoint parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 3) {
            throw new IllegalArgumentException("a checkpoint has three lines: origin, size and root hash");
        }
        String size = lines.get(1);
        if (!SIZE.matcher(size).matches()) {
            throw new IllegalArgumentException("the second line of a checkpoint is its size, not '" + size + "'");
        }
        return new Checkpoint(lines.get(0), Long.parseLong(size), LogHash.parse(lines.get(2)));
    }
}
