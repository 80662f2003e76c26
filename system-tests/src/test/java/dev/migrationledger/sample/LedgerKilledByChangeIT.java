package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger is killed while a person changes something. */
class LedgerKilledByChangeIT {

    @TempDir
    private static Path work;

    private static SampleLedger ledger;

    @TempDir
    private Path home;

    @BeforeAll
    static void a_ledger() throws Exception {
        ledger = SampleLedger.start(SampleLayout.here().workingIn(work), 0);
    }

    @AfterAll
    static void it_stops() {
        ledger.close();
    }

    @Test
    void a_ledger_that_is_killed_while_a_person_changes_something_records_it_once() throws Exception {
        DeployProject project = DeployProject.create(ledger, home);
        Path image = project.image("a");
        for (String environment : List.of("staging", "production")) {
            project.sql(environment, "DROP TABLE table_a");
            ProcessOutput observed = project.agent(environment, image, "observe",
                    List.of("--label", "tier=" + environment), List.of());
            assertThat(observed.exitCode()).as(observed.text()).isZero();
        }
        Files.writeString(image.resolve("one.yaml"), "unreachable: block\n");
        Files.writeString(image.resolve("other.yaml"), "unreachable: local\n");
        Files.writeString(image.resolve("end"), LocalDate.now(ZoneOffset.UTC).plusDays(30).toString());
        String open = "migration-agent override open $HERE --reason 'checkout is down' --until 2h";
        String apply = "migration-agent policy apply %s $PROJECT";
        String accept = "migration-agent policy baseline accept $HERE --code stamped-ahead-of-schema --owner ann"
                + " --until $(cat end) --reason 'repaired with release 42'";

        Transcript story = new Transcript(project, "A ledger that is killed while a person changes something");
        KilledByChange killed = new KilledByChange();
        try (LedgerProxy proxy = LedgerProxy.start(project.run().url(), killed)) {
            story.through(proxy.url());
            story.note(
                    "The ledger has the change, and is killed before it records it. It is back, and is asked again.");
            for (String line : List.of(open, apply.formatted("one.yaml"), accept)) {
                killed.when = KilledByChange.When.BEFORE;
                try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
                    Future<String> asked = other.submit(() -> story.type("production", image, line, 3));
                    Eventually.holds("the ledger has the change", () -> killed.isFrozen && ledger.isAsked());
                    ledger.kill();
                    assertThat(asked.get()).doesNotContain("Exception", "\tat ");
                }
                killed.isFrozen = false;
                killed.when = KilledByChange.When.NEVER;
                ledger.restart();
                story.type("production", image, line, 0);
            }
            story.note(
                    "It has recorded the change, and is killed before its answer arrives. It is back, and is asked again.");
            for (String line : List.of(open, apply.formatted("other.yaml"), accept)) {
                killed.when = KilledByChange.When.AFTER;
                assertThat(story.type("staging", image, line, 3)).doesNotContain("Exception", "\tat ");
                killed.when = KilledByChange.When.NEVER;
                ledger.restart();
                story.type("staging", image, line, line.equals(open) ? 1 : 0);
            }
        }
        story.compare("ledger-killed-by-changes");
        for (String change : List.of("override-opened", "policy-applied", "acceptance-granted")) {
            assertThat(project.run().databases().recorded(project.run().project(), "ledger." + change))
                    .as(change).isEqualTo(2);
        }
    }

    /** Kills the ledger at the next request that has a body: before it reads it, or before its answer arrives. */
    private static final class KilledByChange implements LedgerProxy.Interference {

        private enum When {
            NEVER,
            BEFORE,
            AFTER
        }

        private volatile When when = When.NEVER;
        private volatile boolean isFrozen;
        private volatile boolean isChange;

        @Override
        public byte[] question(String path, byte[] body) throws IOException {
            isChange = body.length > 0;
            if (isChange && when == When.BEFORE) {
                try {
                    ledger.freeze();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted");
                }
                isFrozen = true;
            }
            return body;
        }

        @Override
        public void answered(String path, int status) throws IOException, InterruptedException {
            if (isChange && when == When.AFTER && status / 100 == 2) {
                ledger.kill();
                throw new IOException("the answer is lost");
            }
        }
    }
}
