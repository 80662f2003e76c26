package dev.migrationledger.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.event.AgentEvent.RunEnded;
import dev.migrationledger.contracts.event.AgentEvent.RunStarted;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.testsupport.machine.FreePort;
import dev.migrationledger.testsupport.machine.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code run} as it is used: a process around a process. */
@Isolated("a run waits three seconds for its ledger")
class RunProcessTest {

    @TempDir
    Path temp;

    private int free;

    @BeforeEach
    void somewhere() throws IOException {
        Requirement.met(Files.exists(Path.of("/bin/sh")), "there is no /bin/sh");
        free = FreePort.find();
    }

    @Test
    void a_run_is_recorded_with_its_claim_and_its_end_and_the_command_is_none_the_wiser() throws Exception {
        try (TestLedger ledger = new TestLedger(free)) {
            Process run = start(Map.of("GITLAB_CI", "true", "CI_JOB_ID", "42"), recorded(
                    "--image", "navbot:7", "--", "sh", "-c", "read line; echo \"$line from $PGAPPNAME\"; exit 7",
                    "--password", "s3cret"));
            run.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
            run.getOutputStream().close();
            assertThat(exit(run)).isEqualTo(7);

            List<AgentEnvelope> events = ledger.events();
            assertThat(events).hasSize(2).allMatch(event -> event.agent().startsWith("run-"));
            RunStarted started = (RunStarted) events.getFirst().event();
            assertThat(out()).isEqualTo("hello from " + RunClaim.applicationName(started.run()) + "\n");
            assertThat(started.claim().command()).startsWith("sh", "-c").endsWith("--password", "***");
            assertThat(started.claim().image()).isEqualTo("navbot:7");
            assertThat(started.claim().ci()).containsEntry("CI_JOB_ID", "42");
            assertThat(started.claim().user()).isEqualTo(System.getProperty("user.name"));
            assertThat(events.getLast().event()).isEqualTo(new RunEnded(started.run(), 7));
            assertThat(err()).isEmpty();
        }
    }

    @Test
    void a_ledger_that_is_down_changes_nothing_but_one_line_and_the_next_run_delivers() throws Exception {
        assertThat(exit(start(Map.of("PGAPPNAME", "mine"), recorded("--", "sh", "-c", "echo $PGAPPNAME; exit 3"))))
                .isEqualTo(3);
        assertThat(out()).isEqualTo("mine\n");
        assertThat(err().lines()).singleElement().asString().contains("2 events of this run wait in");

        try (TestLedger ledger = new TestLedger(free)) {
            assertThat(exit(start(Map.of(), recorded("true")))).isZero();
            assertThat(ledger.events()).extracting(event -> event.event().getClass().getSimpleName())
                    .containsExactly("RunStarted", "RunEnded", "RunStarted", "RunEnded");
            assertThat(ledger.events()).extracting(AgentEnvelope::agent)
                    .containsOnly(ledger.events().getFirst().agent());
        }
    }

    @Test
    void runs_at_the_same_time_do_not_wait_for_each_other() throws Exception {
        try (TestLedger ledger = new TestLedger(free)) {
            Process first = start(Map.of(), recorded("--", "sh", "-c", "touch up; read line"));
            awaitFile("up");
            Process second = start(Map.of(), recorded("--", "true"));
            assertThat(exit(second)).isZero();
            first.getOutputStream().close();
            assertThat(exit(first)).isEqualTo(1);

            assertThat(ledger.events()).hasSize(4).extracting(AgentEnvelope::agent).doesNotContainNull();
            assertThat(ledger.events().stream().map(AgentEnvelope::agent).distinct()).hasSize(2);
        }
    }

    @Test
    void a_signal_is_the_commands_and_so_is_the_exit_code() throws Exception {
        try (TestLedger ledger = new TestLedger(free)) {
            Process run = start(Map.of(),
                    recorded("--", "sh", "-c", "trap 'exit 9' TERM; touch up; while :; do sleep 0.1; done"));
            awaitFile("up");
            run.destroy();
            assertThat(exit(run)).isEqualTo(9);

            assertThat(ledger.events()).extracting(AgentEnvelope::event).filteredOn(RunEnded.class::isInstance)
                    .extracting(event -> ((RunEnded) event).exitCode()).containsExactly(9);
        }
    }

    @Test
    void an_interrupt_is_the_commands_too() throws Exception {
        assumeThat(isInterruptible()).as("a shell that runs these tests in its background has them ignore interrupts")
                .isTrue();
        try (TestLedger ledger = new TestLedger(free)) {
            Process interrupted = start(Map.of(),
                    recorded("--", "sh", "-c", "trap 'exit 8' INT; touch up; while :; do sleep 0.1; done"));
            awaitFile("up");
            assertThat(new ProcessBuilder("sh", "-c", "kill -INT " + interrupted.pid()).start().waitFor()).isZero();
            assertThat(exit(interrupted)).isEqualTo(8);
            assertThat(ledger.events()).extracting(AgentEnvelope::event).filteredOn(RunEnded.class::isInstance)
                    .extracting(event -> ((RunEnded) event).exitCode()).containsExactly(8);
        }
    }

    /** What is ignored at the start of a process is ignored by all that it starts. */
    private static boolean isInterruptible() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return true;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) & 0b10) == 0;
    }

    @Test
    void a_command_that_cannot_be_started_is_told_apart_as_in_a_shell() throws Exception {
        Files.writeString(temp.resolve("text"), "no program");
        assertThat(exit(start(Map.of(), "run", "--", "no-such-command"))).isEqualTo(127);
        Path closed = Files.createDirectory(temp.resolve("closed"), PosixFilePermissions.asFileAttribute(Set.of()));
        assertThat(exit(start(
                Map.of("PATH", closed + ":" + System.getenv("PATH")), "run", "--", "no-such-command"))).isEqualTo(127);
        assertThat(exit(start(Map.of(), "run", "--", "./text"))).isEqualTo(126);
        assertThat(err())
                .contains("command 'no-such-command' does not exist", "'./text' cannot be started: permission denied",
                        "this run is not recorded")
                .doesNotContain("Exception");
    }

    @Test
    void half_an_address_is_wrong_usage_and_starts_nothing() throws Exception {
        assertThat(exit(start(Map.of(), "run", "--project", "navbot", "--", "touch", "started"))).isEqualTo(2);
        assertThat(exit(start(Map.of(), "run", "--ledger", "ftp://x", "--project", "navbot", "--environment", "x", "--",
                "touch", "started"))).isEqualTo(2);
        assertThat(err()).contains("run also needs --ledger URL", "Nothing was started");
        assertThat(temp.resolve("started")).doesNotExist();
    }

    @Test
    void a_spool_that_cannot_be_written_stops_no_migration() throws Exception {
        Files.writeString(temp.resolve("spools"), "a file");
        assertThat(exit(start(Map.of(), recorded("--", "sh", "-c", "echo migrated")))).isZero();
        assertThat(out()).isEqualTo("migrated\n");
        assertThat(err().lines()).singleElement().asString().contains("this run is not recorded");
    }

    private String[] recorded(String... rest) {
        List<String> all = new ArrayList<>(List.of("run", "--ledger", "http://127.0.0.1:" + free, "--project", "navbot",
                "--environment", "staging", "--spool", "spools"));
        all.addAll(List.of(rest));
        return all.toArray(String[]::new);
    }

    private Process start(Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(temp.resolve("out").toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(temp.resolve("err").toFile()));
        builder.environment().remove("PGAPPNAME");
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static int exit(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the run ends").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private void awaitFile(String name) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!Files.exists(temp.resolve(name)) && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(temp.resolve(name)).exists();
    }

    private String out() throws IOException {
        return Files.readString(temp.resolve("out"));
    }

    private String err() throws IOException {
        return Files.readString(temp.resolve("err"));
    }
}
