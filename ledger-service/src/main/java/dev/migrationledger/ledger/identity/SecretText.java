package dev.migrationledger.ledger.identity;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Access tokens and enrolment codes as texts: prefix, id, an underscore and a random secret. The id finds the digest that the text is compared with. */
final class SecretText {

    private static final int SECRET_BYTES = 32;

    private SecretText() {}

    /** A new text with this id. */
    static String text(String prefix, UUID id, SecureRandom random) {
        return prefix + id.toString().replace("-", "") + "_" + secret(random);
    }

    /** 256 random bits in base 64. */
    static String secret(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The id in a text; empty if the text does not have this form. */
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
