package dev.migrationledger.ledger.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

@LedgerTest
class StatementTimeoutTest {

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void a_statement_that_takes_too_long_ends_in_the_server_too() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> jdbc.execute("select pg_sleep(300) /* for nobody */"))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("statement timeout");
        assertThat(System.nanoTime() - start).isLessThan(200_000_000_000L);
        assertThat(jdbc.queryForObject("select count(*)::int from pg_stat_activity where query like '%for nobody%'"
                + " and pid <> pg_backend_pid() and state = 'active'", Integer.class)).isZero();
    }
}
