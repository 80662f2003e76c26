package dev.migrationledger.ledger.backup;

import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.backup.BackupManifest.Content;
import dev.migrationledger.ledger.backup.BackupManifest.Table;
import dev.migrationledger.ledger.embedded.PrivateFiles;
import dev.migrationledger.ledger.view.RebuildViews;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/**
 * {@code java -jar ledger-service.jar backup FILE}: copies all that the ledger has stored, as it was at one moment, while the ledger runs. Settings of Spring
 * Boot may follow.
 */
public final class BackupCommand {

    public static final String COMMAND = "backup";

    static final String MANIFEST = "manifest.json";

    private static final int DONE = 0;
    private static final int WRONG_USAGE = 2;
    private static final int COULD_NOT_WRITE = 3;

    private BackupCommand() {}

    /**
     * Starts what of the ledger is needed, and stops it again.
     *
     * @param arguments after the command's name
     * @return the exit code: 0 written; 2 wrong usage; 3 not written
     */
    public static int run(SpringApplication ledger, List<String> arguments, PrintStream out, PrintStream err) {
        BackupFile file = BackupFile.in(arguments);
        if (file == null) {
            err.println("Use: " + COMMAND + " FILE [--<setting>=<value>]...");
            return WRONG_USAGE;
        }
        if (Files.exists(file.path())) {
            err.println(file.path() + " is there already. Name a file that is not.");
            return WRONG_USAGE;
        }
        try (ConfigurableApplicationContext context = RebuildViews.start(ledger, file.settings())) {
            DataSource database = context.getBean(DataSource.class);
            BackupManifest written = PrivateFiles.write(file.path(), unfinished -> {
                try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16);
                        ZipOutputStream zip = new ZipOutputStream(stream)) {
                    return write(database, zip);
                }
            });
            out.printf("Wrote %s: %,d events, %,d rows of %d tables, %,d kB.%n", file.path(), written.events(),
                    written.rows(), written.tables().size(), Files.size(file.path()) / 1024);
            out.println("It has the signing key and the secrets of webhooks. Keep it as safe as the database.");
            return DONE;
        } catch (IOException | SQLException | RuntimeException e) {
            err.println("Nothing was written: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return COULD_NOT_WRITE;
        }
    }

    private static BackupManifest write(DataSource database, ZipOutputStream zip) throws IOException, SQLException {
        try (Connection connection = database.getConnection()) {
            // One moment for all tables, without a lock that recording could wait for.
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            LedgerTables tables = new LedgerTables(connection);
            Instant at = Instant.now();
            List<Content> contents = new ArrayList<>();
            for (Table table : tables.tables()) {
                zip.putNextEntry(new ZipEntry(table.entry()));
                contents.add(tables.write(table, zip));
            }
            BackupManifest manifest = new BackupManifest(BackupManifest.FORM,
                    Objects.requireNonNullElse(BackupCommand.class.getPackage().getImplementationVersion(), "unknown"),
                    tables.schema(), at, contents, tables.sequences());
            connection.rollback();
            zip.putNextEntry(new ZipEntry(MANIFEST));
            zip.write(ContractJson.write(manifest));
            return manifest;
        }
    }
}
