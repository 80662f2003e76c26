package dev.migrationledger.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.log.LogCheckpoint;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.testsupport.machine.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * Go's packages {@code sumdb/note} and {@code sumdb/tlog}, which verify Go's own checksum database, verify a ledger. On Debian: {@code apt-get install
 * golang-go golang-golang-x-mod-dev}.
 */
@LedgerTest
class GoVerifiesTest {

    private static final Path PACKAGES = Path.of("/usr/share/gocode");

    @TempDir
    static Path folder;

    private static Path program = Path.of("");

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    EvidenceLog log;

    @Autowired
    TestClient ledger;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Requirement.met(Files.isDirectory(PACKAGES.resolve("src/golang.org/x/mod/sumdb/tlog"))
                && Stream.of(System.getenv("PATH").split(":", -1))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, "go"))),
                "there is no Go with x/mod: apt-get install golang-go golang-golang-x-mod-dev");
        program = folder.resolve("verify");
        ProcessBuilder go = new ProcessBuilder("go", "build", "-o", program.toString(),
                Path.of("src/test/resources/go/verify.go").toAbsolutePath().toString());
        go.environment().put("GO111MODULE", "off");
        go.environment().put("GOPATH", PACKAGES.toString());
        go.environment().put("GOCACHE", folder.resolve("cache").toString());
        run(go);
    }

    private static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    @Test
    void go_verifies_the_checkpoint_every_leaf_and_proofs() throws Exception {
        commands.record(SampleBatches.command(SampleBatches.events("navbot", "prod", 1, 400)));
        LogCheckpoint old = log.checkpoint();
        commands.record(SampleBatches.command(SampleBatches.events("navbot", "prod", 401, 800)));
        LogCheckpoint now = log.checkpoint();

        String output = run(new ProcessBuilder(List.of(program.toString(),
                ledger.request("").build().uri().toString(), ledger.body("/api/v1/log/key").strip(),
                String.valueOf(old.size()), old.root())));

        assertThat(output).contains("verified " + now.size() + " leaves");
        assertThat(now.size()).isGreaterThan(800);
    }
}
