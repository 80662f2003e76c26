package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.platform.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL ends all sessions when the process of one is killed, and recovers: a ledger that is just starting goes on. */
@EnabledOnOs(OS.LINUX)
class KilledSessionTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(180)
    void the_first_session_is_killed() throws Exception {
        TestDatabase.create();
        LedgerProcess.shareProgramsWith(folder);
        CompletableFuture<Boolean> killed = CompletableFuture.supplyAsync(this::killSession);
        // Each session waits a second before it does anything, so that it can be met.
        try (EmbeddedPostgres started = EmbeddedPostgres.start(folder, TestDatabase.VERSION,
                Map.of("post_auth_delay", "1"))) {
            assertThat(killed.join()).isTrue();
            assertThat(started.connectionFile()).exists();
        }
    }

    /** Waits for one. */
    private boolean killSession() {
        while (true) {
            Optional<ProcessHandle> session = server().stream()
                    .flatMap(ProcessHandle::children)
                    .filter(KilledSessionTest::servesSession)
                    .findFirst();
            if (session.isPresent()) {
                return session.get().destroyForcibly();
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Optional<ProcessHandle> server() {
        try {
            return Files.readString(folder.resolve("data/postmaster.pid")).lines().findFirst().map(Long::parseLong)
                    .flatMap(ProcessHandle::of);
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    private static boolean servesSession(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline")).contains("127.0.0.1(");
        } catch (IOException gone) {
            return false;
        }
    }
}
