package dev.migrationledger.ledger.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.LedgerService;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestDatabase;
import dev.migrationledger.ledger.view.RebuildViews;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The operator's commands: one beside a ledger that runs, one on an empty database. */
@LedgerTest
class BackupTest {

    @TempDir
    private Path folder;

    @Value("${spring.datasource.url}")
    String url = "";

    @Autowired
    EnvironmentCommands environmentCommands;

    @Autowired
    JdbcTemplate jdbc;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @BeforeEach
    void something_that_no_event_has() {
        new Story("staging").scripts("a b<a").applied("b").table("b").recordIn(environmentCommands, 10);
        jdbc.update("""
                insert into ledger.webhook_secret (webhook, url, secret)
                values (gen_random_uuid(), 'https://chat.example.org/é\\', E'whsec\n\t')""");
    }

    @Test
    void a_restored_ledger_has_all_that_was_stored() throws Exception {
        Path file = folder.resolve("ledger.backup");
        assertThat(backup(file)).as(printed()).isZero();
        assertThat(printed()).contains("Wrote " + file, "events", "Keep it as safe as the database");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(backup(file)).isEqualTo(2);
        assertThat(printed()).contains(file + " is there already");

        String empty = TestDatabase.create();
        assertThat(restore(file, empty)).as(printed()).isZero();
        assertThat(printed()).contains("Restored " + file, "is as it was");

        JdbcTemplate restored = new JdbcTemplate(new DriverManagerDataSource(empty));
        List<String> tables = jdbc.query("""
                select quote_ident(tablename) from pg_tables
                where schemaname = 'ledger' and tablename <> 'flyway_schema_history'""", (row, _) -> row.getString(1));
        assertThat(tables).contains("event", "batch_signature", "webhook_secret", "signing_key", "log_leaf");
        for (String table : tables) {
            String rows = "select coalesce(array_agg(t::text order by t::text), '{}')::text from ledger.%s t"
                    .formatted(table);
            assertThat(restored.queryForObject(rows, String.class)).as(table)
                    .isEqualTo(jdbc.queryForObject(rows, String.class));
        }
        assertThat(RebuildViews.run(ledger(), List.of("--check", "--spring.datasource.url=" + empty), out, out))
                .as(printed()).isZero();
        // The next event gets a position of its own.
        assertThat(restored.queryForObject("select last_value from ledger.event_global_index_seq", Long.class))
                .isEqualTo(restored.queryForObject("select max(global_index) from ledger.event", Long.class));

        assertThat(restore(file, empty)).isEqualTo(1);
        assertThat(printed()).contains("The ledger has events already");
    }

    @Test
    void what_is_not_that_backup_is_refused_and_nothing_is_restored() throws Exception {
        Path file = folder.resolve("ledger.backup");
        assertThat(backup(file)).as(printed()).isZero();
        String empty = TestDatabase.create();

        assertRefused(changed(file, "tables/event", text -> text.replace("agent.", "agend.")), empty,
                "Nothing was restored: table event has", "Use another copy of the backup.");
        assertRefused(changed(file, BackupCommand.MANIFEST, text -> text.replace("\"form\":1", "\"form\":7")), empty,
                "has form 7, and this ledger reads form 1");
        assertRefused(changed(file, BackupCommand.MANIFEST,
                text -> text.replaceFirst("\"schema\":\"\\d+\"", "\"schema\":\"1\"")), empty,
                "The tables of the backup have version 1", "upgrade afterwards");
        assertRefused(changed(file, BackupCommand.MANIFEST, _ -> "[]"), empty, "is not a backup of a ledger");
        assertRefused(Files.writeString(folder.resolve("text"), "text"), empty, "cannot be read as a backup");
        assertRefused(folder.resolve("missing"), empty, "cannot be read as a backup");
        try (Connection other = DriverManager.getConnection(empty + "&ApplicationName=ledger-1")) {
            assertThat(other.isValid(1)).isTrue();
            assertRefused(file, empty, "Other programs use the database: ledger-1. Stop them");
        }
    }

    @Test
    void a_program_that_is_just_ending_keeps_nothing_up() throws Exception {
        Path file = folder.resolve("ledger.backup");
        assertThat(backup(file)).as(printed()).isZero();
        String empty = TestDatabase.create();
        Connection leaving = DriverManager.getConnection(empty + "&ApplicationName=leaving");
        try (ExecutorService program = Executors.newSingleThreadExecutor()) {
            Future<?> left = program.submit(() -> {
                Eventually.holds("the restore is connected", () -> !jdbc.queryForList(
                        "select pid from pg_stat_activity where application_name = 'migration-ledger restore'")
                        .isEmpty());
                TimeUnit.MILLISECONDS.sleep(500);
                leaving.close();
                return null;
            });
            assertThat(restore(file, empty)).as(printed()).isZero();
            left.get();
        }
    }

    @Test
    void wrong_usage_and_no_database_are_said() {
        assertThat(BackupCommand.run(ledger(), List.of(), out, out)).isEqualTo(2);
        assertThat(RestoreCommand.run(ledger(), List.of("file", "nonsense"), out, out)).isEqualTo(2);
        assertThat(printed()).contains("Use: backup FILE", "Use: restore FILE");
        Path file = folder.resolve("never");
        assertThat(BackupCommand.run(ledger(),
                List.of(file.toString(), "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/nowhere"), out, out))
                .isEqualTo(3);
        assertThat(printed()).contains("Nothing was written").doesNotContain("\tat ");
        assertThat(folder).isEmptyDirectory();
    }

    private void assertRefused(Path file, String database, String... sentences) {
        assertThat(restore(file, database)).as(printed()).isEqualTo(1);
        assertThat(printed()).contains(sentences).doesNotContain("\tat ");
        JdbcTemplate restored = new JdbcTemplate(new DriverManagerDataSource(database));
        boolean hasTables = !restored.queryForList("select 1 where to_regclass('ledger.event') is not null").isEmpty();
        assertThat(hasTables ? restored.queryForList("select 1 from ledger.event") : List.of()).isEmpty();
    }

    /** A copy of a backup with another text in one entry. */
    private Path changed(Path file, String name, UnaryOperator<String> change) throws Exception {
        Path copy = Files.createTempFile(folder, "changed", ".backup");
        try (ZipFile zip = new ZipFile(file.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry : zip.stream().toList()) {
                String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write((entry.getName().equals(name) ? change.apply(text) : text).getBytes(StandardCharsets.UTF_8));
            }
        }
        return copy;
    }

    private int backup(Path file) {
        printed.reset();
        return BackupCommand.run(ledger(), List.of(file.toString(), "--spring.datasource.url=" + url), out, out);
    }

    private int restore(Path file, String database) {
        printed.reset();
        return RestoreCommand.run(ledger(), List.of(file.toString(), "--spring.datasource.url=" + database), out, out);
    }

    private static SpringApplication ledger() {
        return new SpringApplication(LedgerService.class);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
