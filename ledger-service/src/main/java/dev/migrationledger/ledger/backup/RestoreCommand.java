package dev.migrationledger.ledger.backup;

import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import dev.migrationledger.ledger.backup.BackupManifest.Content;
import dev.migrationledger.ledger.view.RebuildViews;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/**
 * {@code java -jar ledger-service.jar restore FILE}: fills the empty database of a ledger that does not run from a backup, and compares all of it. Settings of
 * Spring Boot may follow.
 */
public final class RestoreCommand {

    public static final String COMMAND = "restore";

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_USAGE = 2;
    private static final int COULD_NOT_RESTORE = 3;

    /** By it the server tells the command's sessions from those of others. */
    private static final String NAME = "migration-ledger restore";

    private static final int LOOKS = 20;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private RestoreCommand() {}

    /** A reason not to restore, as a sentence. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String sentence) {
            super(sentence);
        }
    }

    /**
     * Starts what of the ledger is needed, and stops it again.
     *
     * @param arguments after the command's name
     * @return the exit code: 0 restored; 1 the file or the database does not allow it; 2 wrong usage; 3 nothing was restored, because of
     *     the database
     */
    public static int run(SpringApplication ledger, List<String> arguments, PrintStream out, PrintStream err) {
        BackupFile file = BackupFile.in(arguments);
        if (file == null) {
            err.println("Use: " + COMMAND + " FILE [--<setting>=<value>]...");
            return WRONG_USAGE;
        }
        try (ZipFile zip = open(file.path())) {
            BackupManifest manifest = manifest(zip, file.path());
            List<String> settings = Stream.concat(file.settings().stream(),
                    Stream.of("--spring.datasource.hikari.data-source-properties.ApplicationName=" + NAME)).toList();
            try (ConfigurableApplicationContext context = RebuildViews.start(ledger, settings)) {
                restore(context.getBean(DataSource.class), zip, manifest);
            }
            out.printf(
                    "Restored %s of %s: %,d events, %,d rows of %d tables. Each table was read again and is as it was.%n",
                    file.path(), manifest.at(), manifest.events(), manifest.rows(), manifest.tables().size());
            out.println("Start the ledger. Agents report what the backup does not have.");
            return DONE;
        } catch (Refused e) {
            err.println(e.getMessage());
            return REFUSED;
        } catch (IOException | SQLException | RuntimeException e) {
            err.println("Nothing was restored: " + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            return COULD_NOT_RESTORE;
        }
    }

    private static ZipFile open(Path file) throws Refused {
        try {
            return new ZipFile(file.toFile());
        } catch (IOException e) {
            throw new Refused("%s cannot be read as a backup: %s. Name a file that the command backup wrote."
                    .formatted(file, e.getMessage()));
        }
    }

    private static BackupManifest manifest(ZipFile zip, Path file) throws Refused, IOException {
        ZipEntry entry = zip.getEntry(BackupCommand.MANIFEST);
        if (entry == null) {
            throw new Refused(file + " is not a backup of a ledger. Name a file that the command backup wrote.");
        }
        try (InputStream content = zip.getInputStream(entry)) {
            BackupManifest manifest = ContractJson.read(content.readAllBytes(), BackupManifest.class);
            if (manifest.form() != BackupManifest.FORM) {
                throw new Refused(
                        "%s has form %d, and this ledger reads form %d. Use the ledger that wrote it, version %s."
                                .formatted(file, manifest.form(), BackupManifest.FORM, manifest.ledger()));
            }
            return manifest;
        } catch (WireException e) {
            throw new Refused(file + " is not a backup of a ledger: " + e.getMessage());
        }
    }

    private static void restore(DataSource database, ZipFile zip, BackupManifest manifest)
            throws Refused, IOException, SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            LedgerTables tables = new LedgerTables(connection);
            check(tables, manifest);
            // What a ledger writes at its first start; with an event among it, it would have been refused above.
            tables.empty(tables.filled());
            for (Content content : manifest.tables()) {
                try (InputStream rows = zip.getInputStream(zip.getEntry(content.table().entry()))) {
                    tables.copies().copyIn(content.table().copy("from stdin"), rows);
                }
            }
            tables.set(manifest.sequences());
            for (Content content : manifest.tables()) {
                Content restored = tables.write(content.table(), OutputStream.nullOutputStream());
                if (!restored.equals(content)) {
                    throw new Refused(
                            ("Nothing was restored: table %s has %,d rows with digest %s in the file, and %,d with digest %s"
                                    + " in the database. Use another copy of the backup.")
                                    .formatted(content.table().name(),
                                            content.rows(), content.digest(), restored.rows(), restored.digest()));
                }
            }
            connection.commit();
        }
    }

    private static void check(LedgerTables tables, BackupManifest manifest) throws Refused, SQLException {
        if (tables.filled().contains(LedgerTables.EVENTS)) {
            throw new Refused("The ledger has events already. Restore into an empty database or folder.");
        }
        List<String> others = tables.otherPrograms(NAME);
        // PostgreSQL still lists for a moment what was just stopped.
        for (int i = 0; i < LOOKS && !others.isEmpty(); i++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            others = tables.otherPrograms(NAME);
        }
        if (!others.isEmpty()) {
            throw new Refused("Other programs use the database: %s. Stop them, ledgers above all."
                    .formatted(String.join(", ", others)));
        }
        String schema = tables.schema();
        if (!schema.equals(manifest.schema())) {
            throw new Refused(("The tables of the backup have version %s, and those of this ledger have version %s."
                    + " Restore with the ledger that wrote it, version %s, and upgrade afterwards.")
                    .formatted(manifest.schema(), schema, manifest.ledger()));
        }
    }
}
