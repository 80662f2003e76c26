package dev.migrationledger.agent.identity;

import dev.migrationledger.agent.home.OwnersFiles;
import dev.migrationledger.contracts.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Sessions that wait for the next command of a job, in files that their owner alone may read. A job of GitLab has one id token, and a ledger
 * takes it once.
 *
 * @param folder one file for each id token and ledger, named by a digest of both
 */
public record KeptSessions(Path folder) {

    /** No session lasts longer. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final int MOST_BYTES = 1_000;

    static KeptSessions of(Map<String, String> variables) {
        return new KeptSessions(OwnersFiles.home(variables).resolve("sessions"));
    }

    /** The session that this id token began at a ledger; empty if none is kept. */
    public Optional<String> session(String ledger, String idToken) {
        Path file = file(ledger, idToken);
        try {
            return Files.exists(file) && OwnersFiles.isOwners(file) && Files.size(file) <= MOST_BYTES
                    ? Optional.of(Files.readString(file, StandardCharsets.US_ASCII))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps a session. Where that cannot be done, the next command cannot sign in, and says so. */
    public void keep(String ledger, String idToken, String session) {
        Path file = file(ledger, idToken);
        try {
            OwnersFiles.createFolder(folder);
            deleteOld();
            OwnersFiles.write(file, session.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return; // A container may have a read-only file system, and one command needs nothing more.
        }
    }

    private void deleteOld() throws IOException {
        Instant oldest = Instant.now().minus(LONGEST);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path file : files) {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path file(String ledger, String idToken) {
        return folder.resolve(Sha256.hex(ledger + "\n" + idToken));
    }
}
