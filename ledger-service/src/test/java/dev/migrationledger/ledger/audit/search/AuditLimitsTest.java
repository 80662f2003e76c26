package dev.migrationledger.ledger.audit.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditPage.Ended;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Where an answer ends before everything is searched, by limits so small that three entries reach them. */
@LedgerTest
class AuditLimitsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int LARGE = 1_000_000;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    JdbcClient database;

    @Autowired
    AuditIndex index;

    @Autowired
    BlindTimes blind;

    @Autowired
    PlatformTransactionManager transactions;

    private final String project = "limits-" + UUID.randomUUID();

    @BeforeEach
    void three_entries_in_three_blocks() {
        for (String environment : List.of("a", "b", "c")) {
            new Story(project, environment)
                    .says(new AgentStarted("0.1.0", "alembic", "watch", Map.of("owner", "äöü".repeat(20))))
                    .recordIn(commands);
            // Positions have gaps: of transactions that were rolled back.
            database.sql("select max(nextval(pg_get_serial_sequence('ledger.event', 'global_index')))"
                    + " from generate_series(1, 1024)").query(Long.class).single();
        }
        automations.round();
    }

    @Test
    void an_answer_has_as_many_bytes_as_it_may_and_the_next_goes_on() {
        int bytes = ContractJson.write(all().getFirst()).length;

        assertThat(ends(search(LONG, bytes - 1))).containsOnly(Ended.ANSWER_LARGE, Ended.ALL_SEARCHED);
        assertThat(search(LONG, 1).page(question(), null, 100).entries()).as("one at least").hasSize(1);
        assertThat(search(LONG, 2 * bytes - 10).page(question(), null, 100).entries())
                .as("characters are fewer than bytes").hasSize(1);
        assertThat(search(LONG, 3 * bytes + 100).page(question(), null, 100).ended()).isEqualTo(Ended.ALL_SEARCHED);
    }

    @Test
    void an_answer_that_takes_too_long_says_how_far_it_came_and_the_next_goes_on() {
        assertThat(ends(search(Duration.ZERO, LARGE))).startsWith(Ended.TIME_SPENT).endsWith(Ended.ALL_SEARCHED);
    }

    /** How each page ends; together they have what one large page has. */
    private List<Ended> ends(AuditSearch search) {
        List<Ended> ends = new ArrayList<>();
        List<AuditEntry> entries = new ArrayList<>();
        Long older = null;
        do {
            AuditPage page = search.page(question(), older, 100);
            ends.add(page.ended());
            entries.addAll(page.entries());
            assertThat(page.older() == null).isEqualTo(page.ended() == Ended.ALL_SEARCHED);
            older = page.older();
        } while (older != null);
        assertThat(entries).isEqualTo(all()).hasSizeGreaterThanOrEqualTo(3);
        return ends;
    }

    private List<AuditEntry> all() {
        return search(LONG, LARGE).page(question(), null, 100).entries();
    }

    private AuditSearch search(Duration budget, int bytes) {
        return new AuditSearch(database, index, blind, transactions, budget, bytes);
    }

    private AuditQuestion question() {
        return new AuditQuestion(AuditKeys.LANGUAGE.parse("kind:started project:" + project).query(),
                ZoneOffset.UTC, Story.NOON, SearchScope.of(new Caller.LocalAdministrator()));
    }
}
