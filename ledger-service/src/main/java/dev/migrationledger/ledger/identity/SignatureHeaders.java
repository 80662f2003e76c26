package dev.migrationledger.ledger.identity;

import dev.migrationledger.contracts.identity.AgentSignature;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** An agent's signature in the headers of a request. */
public final class SignatureHeaders {

    private SignatureHeaders() {}

    /** Absent: the request is not signed. */
    public static @Nullable AgentSignature of(HttpServletRequest request) {
        String key = request.getHeader(AgentSignature.KEY_HEADER);
        String signature = request.getHeader(AgentSignature.SIGNATURE_HEADER);
        return key == null || signature == null ? null : new AgentSignature(key.strip(), signature.strip());
    }
}
