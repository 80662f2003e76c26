package dev.migrationledger.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.JdbcTemplate;

/** The operator's command, beside a ledger that runs on the same database. */
@LedgerTest
class RebuildViewsTest {

    @Value("${spring.datasource.url}")
    String url = "";

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    EnvironmentViews views;

    @Autowired
    JdbcTemplate jdbc;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void record() {
        new Story("staging").scripts("a b<a").applied("b").table("b").recordIn(environmentCommands, 10);
    }

    @Test
    void a_difference_is_found_and_repaired_and_then_there_is_none() {
        String database = "--spring.datasource.url=" + url;
        jdbc.update("update ledger.environment_view set list_item = '{}'");

        assertThat(run("--check", database)).as(output()).isEqualTo(1);
        assertThat(output()).contains("Events read: 4. Environments: 1.", "navbot/staging", "Run rebuild-views");
        assertThat(run(database)).as(output()).isZero();
        assertThat(output()).contains("navbot/staging", "Rebuilt views");
        assertThat(run("--check", database)).as(output()).isZero();
        assertThat(output()).contains("All views are consistent with the events.");
        assertThat(views.lines("navbot", "", 10, false)).hasSize(1);
    }

    @Test
    void the_embedded_database_of_a_ledger_that_runs_is_joined(@TempDir Path folder) throws Exception {
        String[] parts = url.split("[?&]", -1);
        Files.writeString(folder.resolve("connection.properties"), "url=" + String.join("\n", parts));

        assertThat(run("--check", "--ledger.embedded.data-dir=" + folder)).as(output()).isZero();
        assertThat(output()).contains("Events read: 4. Environments: 1.");
    }

    @Test
    void wrong_usage_is_reported_without_starting_anything() {
        assertThat(run("--chek")).isEqualTo(2);
        assertThat(output()).contains("'--chek'", "[--check]");
    }

    @Test
    void a_database_that_is_not_there_leaves_it_open() {
        assertThat(run("--check", "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/nowhere")).isEqualTo(3);
        assertThat(output()).doesNotContain("\tat ");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return RebuildViews.run(
                new SpringApplication(LedgerService.class), List.of(arguments), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }
}
