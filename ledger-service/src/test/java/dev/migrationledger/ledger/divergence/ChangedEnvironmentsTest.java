package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.view.Story;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Which environments something was recorded about since an earlier look. */
@LedgerTest
class ChangedEnvironmentsTest {

    /** One for each test: they share a log. */
    private static final AtomicInteger PROJECTS = new AtomicInteger();

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    EventLog log;

    @Autowired
    PlatformTransactionManager transactions;

    private ChangedEnvironments changes;
    private final String project = "looked-at-" + PROJECTS.incrementAndGet();
    private final Story one = new Story(project, "one").scripts("a");
    private final Story two = new Story(project, "two").scripts("a");

    @BeforeEach
    void both_are_known_before_the_first_look() {
        one.recordIn(commands);
        two.recordIn(commands);
        changes = new ChangedEnvironments(log);
    }

    @Test
    void each_look_finds_what_was_recorded_since_the_last_one_once() {
        long first = changes.look();
        assertThat(changes.since(project, first)).isEmpty();
        assertThat(changes.look()).as("nothing is new").isEqualTo(first);

        one.table("a").recordIn(commands);
        long second = changes.look();
        assertThat(second).isGreaterThan(first);
        assertThat(changes.since(project, first)).containsExactly("one");
        assertThat(changes.since(project, second)).isEmpty();
        assertThat(changes.look()).as("what was found is not found again").isEqualTo(second);

        two.table("a").recordIn(commands);
        long third = changes.look();
        one.noTable().recordIn(commands);
        long fourth = changes.look();
        assertThat(changes.since(project, second)).containsExactly("one", "two");
        assertThat(changes.since(project, third)).containsExactly("one");
        assertThat(changes.since(third)).isEqualTo(Map.of(project, Set.of("one")));
        assertThat(changes.lastLooks()).containsEntry(project, fourth);
    }

    @Test
    void an_event_that_is_committed_after_a_later_one_is_found() {
        long first = changes.look();
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        own.executeWithoutResult(_ -> {
            one.table("a").recordIn(commands);
            Thread other = Thread.ofVirtual().start(() -> two.table("a").recordIn(commands));
            join(other);
            long second = changes.look();
            assertThat(changes.since(project, first)).contains("two");
            two.noTable();
            assertThat(changes.look()).as("it is found once, though the log does not end there").isEqualTo(second);
        });
        changes.look();
        assertThat(changes.since(project, first)).containsExactly("one", "two");
        long last = changes.look();
        assertThat(changes.look()).isEqualTo(last);
    }

    private static void join(Thread other) {
        try {
            other.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
