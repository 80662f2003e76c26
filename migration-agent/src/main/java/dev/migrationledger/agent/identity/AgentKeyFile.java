package dev.migrationledger.agent.identity;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.home.OwnersFiles;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Ed25519 key with which an agent signs what it sends to one ledger: a file of PEM, private and public part, that its owner alone may
 * read. The private part never leaves the file and this process.
 */
public final class AgentKeyFile {

    /** The environment variable that names another file than the usual one. */
    public static final String VARIABLE = "MIGRATION_LEDGER_KEY";

    private static final String ALGORITHM = "Ed25519";
    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN (PRIVATE|PUBLIC) KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END \\1 KEY-----");

    private final Path file;
    private final PublicKey publicKey;
    private final PrivateKey privateKey;

    private AgentKeyFile(Path file, PublicKey publicKey, PrivateKey privateKey) {
        this.file = file;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    /**
     * Where the key for a ledger is.
     *
     * @param ledger host and port, as its URL has them
     */
    public static Path usual(String ledger, Map<String, String> variables) {
        String named = variables.getOrDefault(VARIABLE, "").strip();
        return named.isEmpty()
                ? OwnersFiles.home(variables).resolve("keys").resolve(OwnersFiles.named(ledger) + ".pem")
                : Path.of(named);
    }

    /** The key in a file; empty where there is no such file. Fails with wrong usage where it cannot be read. */
    public static Optional<AgentKeyFile> read(Path file) {
        String text;
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            checkOwnersOnly(file);
            text = Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw CommandFailure.usage("The key file %s cannot be read: %s.".formatted(file, e.getMessage()));
        }
        try {
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            return Optional.of(new AgentKeyFile(file,
                    Ed25519Signature.publicKey(part(text, "PUBLIC")),
                    keys.generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(part(text, "PRIVATE"))))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "The key file %s has no Ed25519 key; move it away and enroll again with a new code."
                            .formatted(file));
        }
    }

    private static String part(String text, String kind) {
        Matcher found = PEM.matcher(text);
        while (found.find()) {
            if (found.group(1).equals(kind)) {
                return found.group(2).replaceAll("\\s", "");
            }
        }
        throw new IllegalArgumentException("no " + kind + " KEY");
    }

    /** As OpenSSH does: a key that other users can read is refused. */
    private static void checkOwnersOnly(Path file) throws IOException {
        if (!OwnersFiles.isOwners(file)) {
            throw CommandFailure
                    .usage("Other users may read the key file %s; run 'chmod 600 %s'.".formatted(file, file));
        }
    }

    /** A new key for this file, which is not written yet. */
    public static AgentKeyFile make(Path file) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            return new AgentKeyFile(file, pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /**
     * Writes the key beside its file. A key that a ledger accepted must not be lost for want of a disk, so it is written before it is shown.
     *
     * @return where it is until {@link #keep}
     */
    public Path write() {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            if (Files.exists(file)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                OwnersFiles.createFolder(folder);
            }
            Files.deleteIfExists(written);
            OwnersFiles.create(written);
            Files.writeString(written, pem("PRIVATE", privateKey.getEncoded()) + pem("PUBLIC", publicKey.getEncoded()),
                    StandardCharsets.US_ASCII, StandardOpenOption.SYNC);
            return written;
        } catch (FileAlreadyExistsException e) {
            throw CommandFailure.usage(
                    "The key file %s exists already. Use that key, or name another file with --key FILE."
                            .formatted(file));
        } catch (IOException e) {
            throw CommandFailure.usage(
                    "The key file %s cannot be written: %s. Name another one with --key FILE.".formatted(file,
                            e.getMessage()));
        }
    }

    /** From now on the agent signs with it. */
    public void keep(Path written) {
        try {
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw CommandFailure
                    .unknown("The ledger has accepted the key in %s; rename that file to %s.".formatted(written,
                            file));
        }
    }

    /** Removes what was written: the ledger refused it. */
    public static void discard(Path written) {
        try {
            Files.deleteIfExists(written);
        } catch (IOException e) {
            return; // The next enrolment replaces it.
        }
    }

    private static String pem(String kind, byte[] encoded) {
        return "-----BEGIN %s KEY-----\n%s\n-----END %s KEY-----\n".formatted(kind,
                Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(encoded), kind);
    }

    public Path file() {
        return file;
    }

    /** X.509 SubjectPublicKeyInfo in base 64. */
    public String publicKey() {
        return Base64.getEncoder().encodeToString(publicKey.getEncoded());
    }

    /** SHA-256 of the public key, in lower-case hexadecimal. */
    public String id() {
        return Ed25519Signature.keyId(publicKey);
    }

    public Ed25519Signature sign(Purpose purpose, byte[] bytes) {
        return Ed25519Signature.of(purpose, bytes, id(), privateKey);
    }
}
