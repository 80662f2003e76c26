package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.KeyState;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * By what a request shows that it is an agent's.
 *
 * @param state of the key, as the agent writes it; empty: it shows none
 */
public record AgentProof(Ed25519Signature signature, String state) {

    /** What the headers of a request have; absent: it is not signed. */
    public static @Nullable AgentProof of(HttpServletRequest request) {
        String key = request.getHeader(Ed25519Signature.KEY_HEADER);
        String signature = request.getHeader(Ed25519Signature.SIGNATURE_HEADER);
        String state = request.getHeader(KeyState.HEADER);
        return key == null || signature == null
                ? null
                : new AgentProof(new Ed25519Signature(key.strip(), signature.strip()),
                        state == null ? "" : state.strip());
    }
}
