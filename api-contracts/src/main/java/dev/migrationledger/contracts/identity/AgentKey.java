package dev.migrationledger.contracts.identity;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The key with which an agent signs.
 *
 * @param key SHA-256 of the public key, in lower-case hexadecimal
 * @param name what the agent calls itself
 * @param project where it may send; {@code *} stands for any text
 * @param environment likewise
 */
public record AgentKey(
        String key, String name, String project, String environment, Status status, Instant enrolled) {

    /** Whether the ledger accepts what the key signs. */
    public enum Status {
        ACTIVE,
        /** It seems to be copied; an administrator has to decide. */
        SUSPENDED,
        REVOKED
    }

    /**
     * Asks for a code.
     *
     * @param project where the agent may send; {@code *} stands for any text
     * @param environment likewise
     * @param hours how long the code is valid; absent: 24
     * @param comment recorded with the code; absent: none
     */
    public record CodeWanted(
            String project, String environment, @Nullable Integer hours, @Nullable String comment) {}

    /**
     * A code with which one agent enrols.
     *
     * @param value what the agent sends; shown this once
     */
    public record Code(UUID code, String project, String environment, Instant until, String value) {}

    /**
     * Asks to enrol. The request is signed with the key, too.
     *
     * @param publicKey Ed25519, as X.509 SubjectPublicKeyInfo in base 64
     * @param name what the agent calls itself
     */
    public record Enrolment(String code, String publicKey, String name) {}

    /**
     * Has the ledger note another state of the key that signed the request. It may be sent again, however late.
     *
     * @param state the one that its holder has, as {@link KeyState#toString} writes it
     * @param next what replaces it
     */
    public record Renewal(String state, String next) {}

    /** The problem of a request with a state that has been replaced: renew the key and send again. */
    public static final String OUTDATED_STATE = "outdated-state";

    /** Asks to revoke a key. */
    public record Revocation(String reason) {}

    /** The longest name and the longest reason, in characters. */
    public static final int LONGEST_TEXT = 200;

    /** The longest validity of a code, in hours. */
    public static final int LONGEST_HOURS = 168;

    /** Whether a pattern, in which {@code *} stands for any text, has this name. */
    public static boolean covers(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(name);
        }
        if (!name.startsWith(pattern.substring(0, star))) {
            return false;
        }
        String rest = pattern.substring(star + 1);
        for (int from = star; from <= name.length(); from++) {
            if (covers(rest, name.substring(from))) {
                return true;
            }
        }
        return false;
    }
}
