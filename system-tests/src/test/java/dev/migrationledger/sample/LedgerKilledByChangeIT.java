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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger is killed while a person changes something. */
@Order(5)
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
        String deploy = "migration-agent run --gate $HERE -- true";
        String close = "migration-agent override close $HERE";
        String review = "migration-agent override review $HERE --remark 'as announced'";
        String apply = "migration-agent policy apply %s $PROJECT";
        String accept = "migration-agent policy baseline accept $HERE --code stamped-ahead-of-schema --owner ann"
                + " --until $(cat end) --reason 'repaired with release 42'";

        Transcript story = new Transcript(project, "A ledger that is killed while people change something");
        KilledByChange killed = new KilledByChange();
        try (LedgerProxy proxy = LedgerProxy.start(project.run().url(), killed)) {
            story.through(proxy.url());
            story.note(
                    "The ledger has the changes, and is killed before it records them. It is back, and is asked again.");
            for (List<String> lines : List.of(List.of(open, apply.formatted("one.yaml")), List.of(close),
                    List.of(review, accept))) {
                if (lines.contains(close)) {
                    story.type("production", image, deploy, 0);
                }
                killed.next(When.BEFORE, lines.size());
                try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
                    Future<String> asked = other
                            .submit(() -> story.typeAtOnce("production", image, lines, 3));
                    Eventually.holds("the ledger has the changes",
                            () -> killed.isStopped() && ledger.asked() == lines.size());
                    ledger.kill();
                    assertThat(asked.get()).doesNotContain("Exception", "\tat ");
                }
                killed.next(When.NEVER, 0);
                ledger.restart();
                for (String line : lines) {
                    story.type("production", image, line, 0);
                }
            }
            story.note(
                    "It has recorded the changes, and is killed before its answers arrive. It is back, and is asked again.");
            for (List<String> lines : List.of(List.of(open, apply.formatted("other.yaml")), List.of(close),
                    List.of(review, accept))) {
                if (lines.contains(close)) {
                    story.type("staging", image, deploy, 0);
                }
                killed.next(When.AFTER, lines.size());
                assertThat(story.typeAtOnce("staging", image, lines, 3)).doesNotContain("Exception", "\tat ");
                killed.next(When.NEVER, 0);
                ledger.restart();
                // What is done already is refused, or changes nothing.
                for (String line : lines) {
                    story.type("staging", image, line,
                            line.equals(open) ? 1 : line.equals(close) || line.equals(review) ? 2 : 0);
                }
            }
        }
        story.compare("ledger-killed-by-changes");
        for (String change : List.of("override-opened", "override-closed", "override-reviewed", "policy-applied",
                "acceptance-granted")) {
            assertThat(project.run().databases().recorded(project.run().project(), "ledger." + change))
                    .as(change).isEqualTo(2);
        }
    }

    private enum When {
        NEVER,
        BEFORE,
        AFTER
    }

    /** Kills the ledger by the next requests that change something: when it has all and reads none, or when it has answered all. */
    private static final class KilledByChange implements LedgerProxy.Interference {

        /** Each request has a thread of its own. */
        private final ThreadLocal<Boolean> isChange = ThreadLocal.withInitial(() -> false);

        private volatile When when = When.NEVER;
        private volatile AtomicInteger left = new AtomicInteger();
        private volatile CountDownLatch stopped = new CountDownLatch(0);

        /** @param changes how many come at once */
        void next(When next, int changes) {
            left = new AtomicInteger(changes);
            stopped = new CountDownLatch(1);
            when = next;
        }

        /** Whether the ledger answers nothing any more. */
        boolean isStopped() {
            return stopped.getCount() == 0;
        }

        @Override
        public void asked(String method, String path) {
            isChange.set(!method.equals("GET"));
        }

        @Override
        public byte[] question(String path, byte[] body) throws IOException {
            if (isChange.get() && when == When.BEFORE) {
                try {
                    stopByLast(() -> ledger.freeze());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted");
                }
            }
            return body;
        }

        @Override
        public void answered(String path, int status) throws IOException, InterruptedException {
            if (isChange.get() && when == When.AFTER && status / 100 == 2) {
                stopByLast(() -> ledger.kill());
                throw new IOException("the answer is lost");
            }
        }

        private interface Stop {
            void make() throws IOException, InterruptedException;
        }

        private void stopByLast(Stop stop) throws IOException, InterruptedException {
            if (left.decrementAndGet() == 0) {
                stop.make();
                stopped.countDown();
            }
            stopped.await();
        }
    }
}
