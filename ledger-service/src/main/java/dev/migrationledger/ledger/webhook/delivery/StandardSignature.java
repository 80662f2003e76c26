package dev.migrationledger.ledger.webhook.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as Standard Webhooks does (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md): HMAC-SHA256 of id, time
 * and body, with a point between them.
 */
public final class StandardSignature {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    private static final String ALGORITHM = "HmacSHA256";

    private StandardSignature() {}

    /**
     * With which a webhook's messages are signed.
     *
     * @param text {@code whsec_} and 24 to 64 bytes in base 64
     */
    public record Key(String text) {

        private static final String PREFIX = "whsec_";
        private static final int BYTES = 32;

        /** A new one. */
        public static Key random(SecureRandom random) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            return new Key(PREFIX + Base64.getEncoder().encodeToString(bytes));
        }

        /** The one in a text; empty if it has none. */
        public static Optional<Key> of(String text) {
            try {
                int bytes = text.startsWith(PREFIX) ? new Key(text).bytes().length : 0;
                return bytes >= 24 && bytes <= 64 ? Optional.of(new Key(text)) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        private byte[] bytes() {
            return Base64.getDecoder().decode(text.substring(PREFIX.length()));
        }

        @Override
        public String toString() {
            return "Key[***]";
        }
    }

    /** The headers of a message that is sent now. */
    static Map<String, String> headers(Key key, String id, Instant now, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ID, id);
        headers.put(TIMESTAMP, Long.toString(now.getEpochSecond()));
        headers.put(SIGNATURE, "v1," + signature(key, id, now.getEpochSecond(), body));
        return headers;
    }

    private static String signature(Key key, String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
