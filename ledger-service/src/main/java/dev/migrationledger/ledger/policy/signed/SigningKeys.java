package dev.migrationledger.ledger.policy.signed;

import dev.migrationledger.contracts.identity.Ed25519Signature;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The Ed25519 key of this ledger, in {@code ledger.signing_key}: made when it is needed first, and the same for all of its processes. */
public final class SigningKeys {

    private static final String ALGORITHM = "Ed25519";

    private final JdbcClient database;
    private volatile @Nullable SigningKey known;

    SigningKeys(JdbcClient database) {
        this.database = database;
    }

    /**
     * A key pair.
     *
     * @param publicKey X.509 SubjectPublicKeyInfo in base 64
     */
    public record SigningKey(String publicKey, PrivateKey privateKey) {
        /** SHA-256 of the public key, in lower-case hexadecimal. */
        public String id() {
            return Ed25519Signature.keyId(Ed25519Signature.publicKey(publicKey));
        }
    }

    /** The key, which is made if there is none yet. */
    public SigningKey key() {
        SigningKey key = known;
        if (key == null) {
            key = stored().or(() -> {
                make();
                return stored();
            }).orElseThrow();
            known = key;
        }
        return key;
    }

    private Optional<SigningKey> stored() {
        return database.sql("select public_key, private_key from ledger.signing_key")
                .query((row, _) -> new SigningKey(row.getString(1), privateKey(row.getString(2)))).optional();
    }

    /** Another process may be first. */
    private void make() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            database.sql(
                    "insert into ledger.signing_key (public_key, private_key) values (?, ?) on conflict do nothing")
                    .params(base64(pair.getPublic().getEncoded()), base64(pair.getPrivate().getEncoded())).update();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static PrivateKey privateKey(String text) {
        try {
            return KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ledger.signing_key has no key of " + ALGORITHM, e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
