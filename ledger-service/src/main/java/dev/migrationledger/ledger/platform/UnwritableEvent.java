package dev.migrationledger.ledger.platform;

import dev.migrationledger.contracts.wire.Wire;
import dev.migrationledger.contracts.wire.WireException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** An event holds text that UTF-8 cannot say: half of a surrogate pair. It was read from a JSON escape. */
public final class UnwritableEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    private UnwritableEvent(@Nullable String field, String message, Throwable cause) {
        super(message, cause);
        this.field = field;
    }

    static UnwritableEvent because(JacksonException e) {
        WireException explained = Wire.explain(e);
        return new UnwritableEvent(
                explained.field(),
                "the text%s is not Unicode (%s); send it with U+FFFD in the place of what cannot be said"
                        .formatted(explained.field() == null ? "" : " at " + explained.field(), e.getOriginalMessage()),
                e);
    }

    /** The path of the text within its event. */
    public @Nullable String field() {
        return field;
    }
}
