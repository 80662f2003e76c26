package dev.migrationledger.ledger.identity;

import java.util.Optional;
import java.util.UUID;

/** The id within an access token or an enrolment code: it finds what the secret behind it is compared with. */
final class SecretId {

    private SecretId() {}

    /** Empty where a text is none that the ledger makes: prefix, 32 hexadecimal digits, an underscore and the secret. */
    static Optional<UUID> of(String prefix, String text) {
        int end = prefix.length() + 32;
        if (!text.startsWith(prefix) || text.length() <= end || text.charAt(end) != '_') {
            return Optional.empty();
        }
        String hex = text.substring(prefix.length(), end);
        return hex.matches("[0-9a-f]{32}")
                ? Optional.of(new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16)))
                : Optional.empty();
    }
}
