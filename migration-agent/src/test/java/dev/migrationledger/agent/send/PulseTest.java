package dev.migrationledger.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.Heartbeat;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PulseTest {

    private static final Heartbeat ALIVE = new Heartbeat("navbot", "prod", "watcher");

    private final TestLedger ledger = new TestLedger();
    private final Ledger client = Ledger.at(ledger.url());
    private final AtomicBoolean sees = new AtomicBoolean(true);
    private final Pulse pulse = new Pulse(client, ALIVE, sees::get);

    @AfterEach
    void close() {
        client.close();
        ledger.close();
    }

    @Test
    void an_agent_that_sees_its_database_says_so_and_comes_back_soon_until_it_is_heard() throws Exception {
        assertThat(pulse.once()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ledger.beats()).containsExactly(ALIVE);
    }

    @Test
    void an_agent_that_does_not_see_its_database_keeps_quiet() throws Exception {
        sees.set(false);
        pulse.once();
        assertThat(ledger.beats()).isEmpty();
    }

    @Test
    void a_ledger_that_is_away_is_no_trouble() throws Exception {
        ledger.close();
        assertThat(pulse.once()).isEqualTo(Duration.ofSeconds(5));
    }
}
