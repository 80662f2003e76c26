package dev.migrationledger.ledger.platform;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Whether events could be recorded now. A full disk, and a standby, still answer every question. */
final class WritesHealth implements HealthIndicator {

    private static final int SECONDS = 5;

    private final JdbcClient database;
    private final TransactionTemplate writing;

    WritesHealth(JdbcClient database, PlatformTransactionManager transactions) {
        this.database = database;
        writing = new TransactionTemplate(transactions);
        writing.setTimeout(SECONDS);
    }

    @Override
    public Health health() {
        try {
            writing.executeWithoutResult(_ -> database.sql("update ledger.write_check set at = now()").update());
            return Health.up().build();
        } catch (DataAccessException | TransactionException e) {
            return Health.down(e).build();
        }
    }
}
