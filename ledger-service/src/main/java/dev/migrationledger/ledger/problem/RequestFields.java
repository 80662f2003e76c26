package dev.migrationledger.ledger.problem;

import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.SizeLimits;
import dev.migrationledger.contracts.wire.WireException;
import org.jspecify.annotations.Nullable;

/** Reads what a client sent; what is wrong with it is refused. */
public final class RequestFields {

    private RequestFields() {}

    /** The contract in a body that has few bytes. */
    public static <T> T read(byte[] json, Class<T> type) {
        try {
            return ContractJson.read(json, type);
        } catch (WireException e) {
            throw Refusal.of(e);
        }
    }

    /** The contract in a body that may have many bytes: no value in it is larger than {@link SizeLimits} say. */
    public static <T> T readLarge(byte[] json, Class<T> type) {
        try {
            SizeLimits.check(json);
        } catch (WireException e) {
            throw Refusal.of(e);
        }
        return read(json, type);
    }

    /** A text that is recorded for good: without blanks around it, not empty, and without a secret. */
    public static String text(String field, String value, int longest) {
        String text = value.strip();
        if (text.isEmpty() || text.length() > longest) {
            throw Refusal.invalid(field,
                    "The %s has %,d characters; use 1 to %,d.".formatted(field, text.length(), longest));
        }
        if (!Redaction.of(text).equals(text)) {
            throw Refusal.invalid(field, "The %s has a password or a token; remove it.".formatted(field));
        }
        return text;
    }

    /** Likewise, where nothing has to be written: blanks are nothing. */
    public static @Nullable String optional(String field, @Nullable String value, int longest) {
        return value == null || value.isBlank() ? null : text(field, value, longest);
    }

    /** What a person adds to something that they do; in an empty body there is nothing. */
    public static @Nullable String comment(byte @Nullable [] body) {
        return body == null || body.length == 0 ? null : read(body, ActionComment.class).comment();
    }
}
