package dev.migrationledger.agent.send.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.agent.identity.AgentKeyFile;
import dev.migrationledger.agent.send.Reply;
import dev.migrationledger.contracts.identity.AgentKey.Renewal;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.time.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The states of a key at a ledger that notes them, and whose answers may be lost. */
class KeyRenewalTest {

    @TempDir
    Path folder;

    private final List<Renewal> renewals = new ArrayList<>();
    private final MovableClock clock = new MovableClock();
    private int status = 204;
    private boolean losesAnswers;
    @SuppressWarnings("NullAway.Init") // made before each test
    private AgentKeyFile key;

    @BeforeEach
    void make() {
        key = AgentKeyFile.make(folder.resolve("key.pem"));
        key.keep(key.write());
    }

    private Reply renew(String path, Ed25519Signature signature, byte[] body) throws IOException {
        assertThat(path).isEqualTo("/api/v1/agents/%s/renew".formatted(key.id()));
        renewals.add(ContractJson.read(body, Renewal.class));
        assertThat(signature.signs(Purpose.RENEWAL, Sha256.hex(body), Ed25519Signature.publicKey(key.publicKey())))
                .isTrue();
        if (losesAnswers) {
            throw new IOException("lost");
        }
        return new Reply(status, new byte[0], null);
    }

    /** As another process would begin. */
    private KeyRenewal process() {
        return new KeyRenewal(AgentKeyFile.read(key.file()).orElseThrow(), this::renew, clock);
    }

    @Test
    void a_key_is_renewed_before_its_first_use_and_then_once_an_hour() throws Exception {
        KeyRenewal process = process();
        String first = process.state(null);
        assertThat(first).startsWith("1.");
        assertThat(process.state(null)).isEqualTo(first);
        clock.move(Duration.ofMinutes(59));
        assertThat(process().state(null)).isEqualTo(first);
        clock.move(Duration.ofMinutes(1));
        String second = process().state(null);
        assertThat(process.state(null)).as("another process renewed it").isEqualTo(second).startsWith("2.");
        assertThat(renewals).extracting(Renewal::next).containsExactly(first, second);
        assertThat(renewals.getLast().state()).isEqualTo(first);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(it -> it.getFileName().toString())).containsExactlyInAnyOrder("key.pem",
                    "key.pem.state", "key.pem.state.lock");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem.state"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_renewal_without_an_answer_is_sent_again_as_it_was() throws Exception {
        String first = process().state(null);
        clock.move(Duration.ofHours(1));
        losesAnswers = true;
        assertThatThrownBy(() -> process().state(null)).isInstanceOf(IOException.class);
        losesAnswers = false;
        String second = process().state(null);
        assertThat(renewals).hasSize(3);
        assertThat(renewals.subList(1, renewals.size())).containsOnly(new Renewal(first, second));
    }

    @Test
    void what_the_ledger_refuses_changes_nothing() throws Exception {
        String first = process().state(null);
        clock.move(Duration.ofHours(1));
        status = 403;
        assertThat(process().state(null)).isEqualTo(first);
        assertThat(process().state(null)).isEqualTo(first);
        status = 204;
        String second = process().state(null);
        assertThat(renewals.subList(1, 4)).containsOnly(new Renewal(first, second));
    }

    @Test
    void a_state_that_the_ledger_takes_no_longer_is_renewed_before_its_time() throws Exception {
        KeyRenewal process = process();
        String first = process.state(null);
        String second = process.state(first);
        assertThat(second).isNotEqualTo(first);
        assertThat(process().state(first)).as("renewed meanwhile").isEqualTo(second);
        assertThat(renewals).hasSize(2);
    }

    @Test
    void of_several_processes_one_renews_the_key() throws Exception {
        List<Future<String>> begun = new ArrayList<>();
        try (ExecutorService processes = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                begun.add(processes.submit(() -> process().state(null)));
            }
        }
        HashSet<String> states = new HashSet<>();
        for (Future<String> one : begun) {
            states.add(one.get());
        }
        assertThat(states).hasSize(1);
        assertThat(renewals).hasSize(1);
    }

    @Test
    void a_state_that_cannot_be_written_is_not_renewed() throws Exception {
        Files.createDirectories(folder.resolve("key.pem.state/in-the-way"));
        assertThatThrownBy(() -> process().state(null)).hasMessage(
                "The file %s cannot be read and written. Let the agent write in the folder of its key."
                        .formatted(folder.resolve("key.pem.state")));
        assertThat(renewals).isEmpty();
    }

    @Test
    void another_key_in_the_same_file_has_a_state_of_its_own() throws Exception {
        process().state(null);
        clock.move(Duration.ofHours(1));
        process().state(null);
        Files.delete(key.file());
        make();
        assertThat(process().state(null)).startsWith("1.");
    }
}
