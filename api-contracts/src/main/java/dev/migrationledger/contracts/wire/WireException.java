package dev.migrationledger.contracts.wire;

import org.jspecify.annotations.Nullable;

/** Some JSON is not what these contracts say it should be. */
public final class WireException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final @Nullable String field;

    WireException(Kind kind, @Nullable String field, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.field = field;
    }

    public enum Kind {
        /** It is no JSON at all. */
        MALFORMED,
        /** A field is missing, or its value is of another kind. */
        INVALID_FIELD,
        /** An event names a type that is not in the catalogue of this version. */
        UNKNOWN_EVENT_TYPE,
        /** A text, a list or a map is longer than {@link SizeLimits} allow. */
        OUT_OF_BOUNDS
    }

    public Kind kind() {
        return kind;
    }

    /** The path of the offending value, as in {@code events[3].event.revision}; absent where there is none. */
    public @Nullable String field() {
        return field;
    }
}
