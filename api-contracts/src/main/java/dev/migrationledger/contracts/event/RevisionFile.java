package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.footprint.Footprint;
import org.jspecify.annotations.Nullable;

/**
 * A revision's file and what it does.
 *
 * @param file relative to the folder that the scan names as its source, with {@code /} between its parts
 * @param digest SHA-256 of the file's bytes, in lower-case hexadecimal
 * @param text the file as it is: its bytes in UTF-8 have the digest; absent where it is left out
 * @param withheld why the text is left out; absent where it is there
 */
public record RevisionFile(
        String revision,
        String file,
        String digest,
        @Nullable String text,
        @Nullable Withheld withheld,
        Footprint footprint) {

    /** A file with more bytes travels without its text. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** Why a file travels without its text. */
    public enum Withheld {
        /** It could not be read any more. */
        UNREADABLE,
        /** It is not what was scanned. */
        CHANGED,
        TOO_LARGE,
        NUL_CHARACTER,
        NOT_UTF8,
        /** The texts of the files before it are as many as an agent keeps in memory. */
        TOO_MANY_TEXTS,
        /** The operator wants no texts sent. */
        LEFT_OUT
    }
}
