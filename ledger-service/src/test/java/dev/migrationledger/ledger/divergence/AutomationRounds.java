package dev.migrationledger.ledger.divergence;

import dev.migrationledger.ledger.recording.automation.Automations;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs automations once. */
final class AutomationRounds {

    private AutomationRounds() {}

    /** The number of events that they record. */
    static long recorded(Automations automations, JdbcTemplate jdbc) {
        long before = events(jdbc);
        automations.round();
        return events(jdbc) - before;
    }

    private static long events(JdbcTemplate jdbc) {
        return Objects.requireNonNull(jdbc.queryForObject("select count(*) from ledger.event", Long.class));
    }
}
