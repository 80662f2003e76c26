package dev.migrationledger.agent.database.postgresql.capture;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which capture is installed in a database: the comment on its schema tells, and a dump carries it. */
public final class CaptureVersion {

    /** What this agent installs and reads. Grows with each change of the scripts. */
    public static final int CURRENT = 3;

    private static final Pattern COMMENT = Pattern.compile("Migration Ledger capture, version (\\d{1,6})\\b.*");

    private CaptureVersion() {}

    /** The version that a comment tells; absent where it is none of ours. */
    public static @Nullable Integer of(@Nullable String comment) {
        Matcher version = COMMENT.matcher(comment == null ? "" : comment);
        return version.matches() ? Integer.valueOf(version.group(1)) : null;
    }

    public static String comment() {
        return "Migration Ledger capture, version %d. Remove it with: migration-agent capture uninstall"
                .formatted(CURRENT);
    }
}
