package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.ledger.platform.StartupFailure;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.platform.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A full disk is called a full disk, loses nothing, and is over as soon as there is space. */
@Timeout(300)
class FullDiskTest {

    private static final String NOT_MOUNTED = "A small disk (tmpfs) could not be mounted."
            + " Run the tests as root, or as a user who may run mount by sudo without a password.";

    @TempDir
    Path temp;

    private Path disk;

    @BeforeEach
    void small_disk() throws Exception {
        disk = Files.createDirectory(temp.resolve("disk"));
        boolean mounted = asRoot("mount", "-t", "tmpfs", "-o", "size=160m,mode=1777", "tmpfs", disk.toString());
        assumeTrue(mounted, NOT_MOUNTED);
        TestDatabase.create();
    }

    @AfterEach
    void away() throws Exception {
        asRoot("umount", "--lazy", disk.toString());
    }

    @Test
    void a_ledger_that_runs_refuses_says_why_and_goes_on_when_there_is_space() throws Exception {
        Path folder = disk.resolve("ledger");
        try (LedgerProcess ledger = LedgerProcess.startIn(folder)) {
            String address = ledger.address();
            TestClient client = TestClient.at(address);
            assertThat(ledger.record(address, 1, 20)).isEqualTo(new Receipt(20, 0, 20));
            Path filler = fill();
            HttpResponse<String> refused = LedgerProcess.post(address, "killed", 21, 22);
            for (long first = 23; refused.statusCode() == 200; first += 2) { // PostgreSQL has some pages left
                refused = LedgerProcess.post(address, "killed", first, first + 1);
            }
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("The disk of the ledger's database is full");
            assertThat(client.status("/actuator/health")).isEqualTo(503);
            assertThat(client.status("/actuator/health/liveness")).isEqualTo(200);
            assertThat(client.status("/api/v1/projects")).as("what is known can be asked").isEqualTo(200);

            Files.delete(filler);
            assertThat(ledger.recordInTheEnd(address, "space", 1, 3)).isEqualTo(new Receipt(3, 0, 3));
            ledger.stop();
        }
    }

    @Test
    void a_start_on_a_full_disk_says_so() throws Exception {
        Path folder = disk.resolve("ledger");
        LedgerProcess.shareProgramsWith(folder);
        EmbeddedPostgres.start(folder, TestDatabase.VERSION, Map.of()).close();
        Path filler = fill();
        assertThatThrownBy(() -> EmbeddedPostgres.start(folder, TestDatabase.VERSION, Map.of()))
                .isInstanceOfSatisfying(StartupFailure.class, failure -> {
                    assertThat(failure.remedy()).isEqualTo(
                            "Free space on the disk of " + folder
                                    + " and start the ledger again; nothing recorded is lost.");
                    assertThat(failure.getMessage() + failure.remedy()).doesNotContain("root", "exit code");
                });
        Files.delete(filler);
        EmbeddedPostgres.start(folder, TestDatabase.VERSION, Map.of()).close();
    }

    private Path fill() throws IOException {
        Path filler = disk.resolve("filler");
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            return filler; // full
        }
    }

    private static boolean asRoot(String... command) throws InterruptedException {
        return succeeds(List.of(command))
                || succeeds(Stream.concat(Stream.of("sudo", "-n"), Stream.of(command)).toList());
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // There is no such program.
        }
    }
}
