package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.core.checkpoint.NoteKey;
import dev.migrationledger.ledger.policy.signed.SigningKeys;
import dev.migrationledger.ledger.policy.signed.SigningKeys.SigningKey;
import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/** With which this ledger signs checkpoints, and under which name. A signature of a policy never fits a note: only the text of a note ends with a line break. */
public final class LogKey {

    /** Hexadecimal digits of the key's digest: enough to tell ledgers apart that have no name. */
    private static final int DIGITS = 16;

    private final SigningKeys keys;
    private final @Nullable String origin;

    /** @param origin absent: made from the key */
    LogKey(SigningKeys keys, @Nullable String origin) {
        this.keys = keys;
        this.origin = origin;
    }

    /** Its name is the origin of checkpoints. */
    public NoteKey noteKey() {
        SigningKey key = keys.key();
        return origin == null
                ? NoteKey.of("migration-ledger/" + key.id().substring(0, DIGITS), key.publicKey())
                : NoteKey.of(origin, key.publicKey());
    }

    PrivateKey privateKey() {
        return keys.key().privateKey();
    }
}
