package dev.migrationledger.agent.watch;

import static dev.migrationledger.testsupport.postgresql.TestServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.agent.tool.alembic.HostileScripts;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.testsupport.machine.FreePort;
import dev.migrationledger.testsupport.postgresql.TestServer;
import dev.migrationledger.testsupport.time.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent of little memory follows the version table with any files beside the scripts, and when it is gone again. */
class HostileFolderTest {

    @TempDir
    Path temp;

    private final String name = TestServer.newDatabase();

    @Test
    void hostile_scripts_come_and_go_and_the_version_table_is_followed() throws Exception {
        Path versions = Files.createDirectory(temp.resolve("versions"));
        Files.writeString(versions.resolve("a.py"), "revision = 'a'\ndown_revision = None\n");
        Files.writeString(versions.resolve("b.py"), "revision = 'b'\ndown_revision = 'a'\n");
        run(name, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('a')");
        int free = FreePort.find();
        Map<String, String> environment = Map.of("DATABASE_URL", TestServer.url(name), "JAVA_TOOL_OPTIONS",
                "-Xmx128m -XX:+UseSerialGC");
        try (TestLedger ledger = new TestLedger(free);
                AgentProcess agent = AgentProcess.start(temp, environment, "watch", "--scripts", "versions", "--ledger",
                        ledger.url(), "--project", "navbot", "--environment", "staging", "--interval", "200ms",
                        "--spool", "spool")) {
            Eventually.holds("the agent watches", () -> seen(ledger, "a"));
            int number = 0;
            for (Supplier<String> script : HostileScripts.all().values()) {
                number++;
                Files.writeString(versions.resolve("hostile" + number + ".py"),
                        "revision = 'h%d'\ndown_revision = 'a'\n".formatted(number) + script.get());
            }
            // One transaction: a poll between the two would rightly call the row stamped.
            run(name, "BEGIN; CREATE TABLE users (id int); UPDATE alembic_version SET version_num = 'b'; COMMIT");
            Eventually.holds("the upgrade is seen", () -> ledger.events().stream().anyMatch(
                    event -> event.event() instanceof RevisionApplied applied && applied.revision().equals("b")));
            Eventually.holds("the hostile scripts are read", () -> ledger.events().stream().anyMatch(
                    event -> event.event() instanceof ScriptsScanned scanned && !scanned.problems().isEmpty()));

            for (int i = 1; i <= number; i++) {
                Files.delete(versions.resolve("hostile" + i + ".py"));
            }
            run(name, "UPDATE alembic_version SET version_num = 'a'");
            Eventually.holds("what comes after is seen", () -> seen(ledger, "a")
                    && ledger.events().getLast().sequence() > 6
                    && ledger.events().stream().filter(event -> event.event() instanceof VersionTableObserved)
                            .count() > 2);
            assertThat(agent.process().isAlive()).isTrue();
            assertThat(agent.stop()).isZero();
        }
        assertThat(Files.readString(AgentProcess.log(temp).toPath())).doesNotContain("Exception")
                .doesNotContain("internal error");
    }

    private static boolean seen(TestLedger ledger, String row) {
        return ledger.events().stream().anyMatch(event -> event.event() instanceof VersionTableObserved observed
                && observed.table().rows().contains(row));
    }
}
