package dev.migrationledger.ledger.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A database that is lost while an application starts. */
class DatabaseLostTest {

    private static final AtomicInteger STARTS = new AtomicInteger();
    private static int lostTimes;

    @BeforeEach
    void none() {
        STARTS.set(0);
    }

    @Test
    void it_starts_again_until_the_database_is_back() throws Exception {
        lostTimes = 2;
        try (ConfigurableApplicationContext started = DatabaseLost.startAgain(DatabaseLostTest::start)) {
            assertThat(started.isActive()).isTrue();
        }
        assertThat(STARTS).hasValue(3);
    }

    @Test
    void it_gives_up_after_six_starts() {
        lostTimes = 100;
        assertThatThrownBy(() -> DatabaseLost.startAgain(DatabaseLostTest::start))
                .hasRootCauseMessage("Connection refused");
        assertThat(STARTS).hasValue(6);
    }

    @Test
    void what_a_person_has_to_cure_ends_it_at_once() {
        assertThatThrownBy(() -> DatabaseLost.startAgain(() -> {
            STARTS.incrementAndGet();
            throw new StartupFailure("The port is taken.", "Free it.");
        })).isInstanceOf(StartupFailure.class);
        assertThat(STARTS).hasValue(1);
    }

    @Test
    void its_own_database_that_goes_after_its_start_is_lost_and_one_that_was_named_may_be_named_wrongly() {
        JdbcConnectionDetails gone = new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return "jdbc:postgresql://127.0.0.1:1/ledger";
            }

            @Override
            public String getUsername() {
                return "ledger";
            }

            @Override
            public String getPassword() {
                return "";
            }
        };
        Flyway flyway = Flyway.configure().dataSource(gone.getJdbcUrl(), "ledger", "").load();
        assertThatThrownBy(() -> new DatabaseConfig().knockThenMigrate(gone, "").migrate(flyway))
                .satisfies(lost -> assertThat(DatabaseLost.in(lost)).isPresent());
        assertThatThrownBy(() -> new DatabaseConfig().knockThenMigrate(gone, gone.getJdbcUrl()).migrate(flyway))
                .isInstanceOf(StartupFailure.class);
    }

    private static ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(NeedsDatabase.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run();
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedsDatabase {

        @Bean
        String firstQuestion() throws SQLException {
            if (STARTS.incrementAndGet() <= lostTimes) {
                // No one listens there.
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:1/ledger").close();
            }
            return "answered";
        }
    }
}
