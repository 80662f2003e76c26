package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {

    private static final String ED25519 = "Ed25519";
    private static final byte[] BYTES = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String DIGEST = Sha256.hex(BYTES);

    private final KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
    private final String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    private final Ed25519Signature signature = Ed25519Signature.of(Purpose.BATCH, BYTES,
            Ed25519Signature.keyId(pair.getPublic()), pair.getPrivate());

    SignatureCheckTest() throws NoSuchAlgorithmException {}

    @Test
    void a_signature_holds_for_its_bytes_purpose_and_key_alone() throws NoSuchAlgorithmException {
        assertThat(SignatureCheck.signs(signature, Purpose.BATCH, DIGEST, key)).isTrue();

        assertThat(SignatureCheck.signs(signature, Purpose.HEARTBEAT, DIGEST, key)).isFalse();
        assertThat(SignatureCheck.signs(signature, Purpose.BATCH, Sha256.hex(new byte[1]), key)).isFalse();
        assertThat(SignatureCheck.signs(signature, Purpose.BATCH, DIGEST,
                Base64.getEncoder().encodeToString(
                        KeyPairGenerator.getInstance(ED25519).generateKeyPair().getPublic().getEncoded())))
                .isFalse();
    }

    @Test
    void what_is_no_key_or_no_signature_is_refused() {
        for (String other : new String[]{"", "?", "AAAA", key.substring(4), key + "AAAA",
            // another kind of key
            key.replaceFirst("^MCowBQYDK2VwAyEA", "MCowBQYDK2VuAyEA")}) {
            assertThat(SignatureCheck.signs(signature, Purpose.BATCH, DIGEST, other)).as(other).isFalse();
        }
        for (String value : new String[]{"", "?", "AAAA", signature.value() + "AAAA"}) {
            assertThat(SignatureCheck.signs(new Ed25519Signature(signature.key(), value), Purpose.BATCH, DIGEST, key))
                    .as(value).isFalse();
        }
    }

    /** Of RFC 8032: the group's order added to the second half, which a careless check takes for the same signature. */
    @Test
    void a_signature_has_one_form() {
        byte[] value = Base64.getDecoder().decode(signature.value());
        byte[] order = HexFormat.of().parseHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        int carry = 0;
        for (int i = 0; i < order.length; i++) {
            carry += (value[32 + i] & 0xff) + (order[i] & 0xff);
            value[32 + i] = (byte) carry;
            carry >>= 8;
        }
        Ed25519Signature other = new Ed25519Signature(signature.key(), Base64.getEncoder().encodeToString(value));
        assertThat(SignatureCheck.signs(other, Purpose.BATCH, DIGEST, key)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void it_answers_as_the_jdk_does(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            byte[] value = Base64.getDecoder().decode(signature.value());
            byte[] encoded = pair.getPublic().getEncoded();
            // In one case of three nothing is changed.
            switch (random.nextInt(3)) {
                case 0 -> value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
                case 1 -> encoded[12 + random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
                default -> {
                }
            }
            Ed25519Signature one = new Ed25519Signature(signature.key(), Base64.getEncoder().encodeToString(value));
            String text = Base64.getEncoder().encodeToString(encoded);
            assertThat(SignatureCheck.signs(one, Purpose.BATCH, DIGEST, text)).as("seed %d, %d", seed, i)
                    .isEqualTo(one.signs(Purpose.BATCH, DIGEST, Ed25519Signature.publicKey(text)));
        }
    }
}
