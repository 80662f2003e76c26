package dev.migrationledger.agent.bench;

import dev.migrationledger.testsupport.postgresql.TestServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A database at work: sessions that read and write as fast as they can, one that changes tables all the time, one that migrates and
 * stamps now and then, and an onlooker. What they do goes to the phase of the moment.
 */
final class Load implements AutoCloseable {

    static final int SESSIONS = 6;
    static final int BUSY_TABLES = 4;
    static final int ROWS = 100_000;
    static final int OTHER_TABLES = 500;

    private static final Duration BETWEEN_ALTERS = Duration.ofMillis(10);
    private static final Duration BETWEEN_VERSIONS = Duration.ofSeconds(3);
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(20);

    private final TestServers server;
    private final String database;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<Void>> running = new ArrayList<>();
    private volatile Phase phase = new Phase();
    private volatile boolean over;

    private Load(TestServers server, String database) {
        this.server = server;
        this.database = database;
    }

    static void create(TestServers server, String database) {
        server.run(database, """
                DO $$ BEGIN
                    FOR i IN 0..%d LOOP
                        EXECUTE format('CREATE TABLE busy%%s (id int PRIMARY KEY, amount bigint NOT NULL, filler char(80) NOT NULL)', i);
                        EXECUTE format('INSERT INTO busy%%s SELECT n, 0, '''' FROM generate_series(1, %d) AS n', i);
                    END LOOP;
                    FOR i IN 0..%d LOOP
                        EXECUTE format('CREATE TABLE other%%s (id bigint PRIMARY KEY, a int NOT NULL DEFAULT 0, b text, c varchar(40),
                            d timestamptz DEFAULT now(), e numeric(10,2) CHECK (e > 0), f boolean NOT NULL DEFAULT false)', i);
                        EXECUTE format('CREATE INDEX ON other%%s (a, lower(b))', i);
                    END LOOP;
                END $$""".formatted(BUSY_TABLES - 1, ROWS, OTHER_TABLES - 1),
                "CREATE TABLE history (id bigint GENERATED ALWAYS AS IDENTITY, what int, change int, at timestamptz DEFAULT now())",
                "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('r1')");
        server.run(database, "VACUUM ANALYZE");
    }

    /** @param altering whether tables change all the time; migrations do now and then in any case */
    static Load on(TestServers server, String database, boolean altering) {
        Load load = new Load(server, database);
        for (int i = 0; i < SESSIONS; i++) {
            Random random = new Random(i);
            load.start(() -> load.transact(random));
        }
        if (altering) {
            load.start(load::alter);
        }
        load.start(load::migrate);
        load.start(load::sample);
        return load;
    }

    private void start(Callable<Void> session) {
        running.add(threads.submit(session));
    }

    /** Measures for some time from now. */
    Phase measure(Duration time) throws InterruptedException, ExecutionException {
        Phase measured = new Phase();
        phase = measured;
        Thread.sleep(time);
        phase = new Phase();
        for (Future<Void> session : running) {
            if (session.isDone()) {
                // Throws what ended it.
                session.get();
            }
        }
        return measured;
    }

    private Void transact(Random random) throws SQLException {
        try (Connection connection = server.owner(database)) {
            connection.setAutoCommit(false);
            List<PreparedStatement> updates = new ArrayList<>();
            List<PreparedStatement> reads = new ArrayList<>();
            for (int i = 0; i < BUSY_TABLES; i++) {
                updates.add(connection.prepareStatement("UPDATE busy" + i + " SET amount = amount + ? WHERE id = ?"));
                reads.add(connection.prepareStatement("SELECT amount FROM busy" + i + " WHERE id = ?"));
            }
            PreparedStatement insert = connection.prepareStatement("INSERT INTO history (what, change) VALUES (?, ?)");
            while (!over) {
                Phase current = phase;
                int row = 1 + random.nextInt(ROWS);
                int change = random.nextInt(1000);
                long start = System.nanoTime();
                PreparedStatement update = updates.get(random.nextInt(BUSY_TABLES));
                update.setInt(1, change);
                update.setInt(2, row);
                update.executeUpdate();
                PreparedStatement read = reads.get(random.nextInt(BUSY_TABLES));
                read.setInt(1, row);
                read.executeQuery().close();
                insert.setInt(1, row);
                insert.setInt(2, change);
                insert.executeUpdate();
                connection.commit();
                current.transactions().add(System.nanoTime() - start);
            }
        }
        return null;
    }

    /** None of these rewrites a table. A table takes no more than 1,600 columns in its life, so it is the turn of many. */
    private Void alter() throws SQLException, InterruptedException {
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < BUSY_TABLES; i++) {
            for (int j = 0; j < 5; j++) {
                tables.add("other" + (5 * i + j));
            }
            tables.add("busy" + i);
        }
        List<String> changes = List.of("ADD COLUMN extra varchar(20)", "ALTER COLUMN extra TYPE varchar(40)",
                "RENAME COLUMN extra TO renamed", "DROP COLUMN renamed");
        try (Connection connection = server.owner(database); Statement statement = connection.createStatement()) {
            for (int i = 0; !over; i = (i + 1) % tables.size()) {
                for (String change : changes) {
                    Phase current = phase;
                    long start = System.nanoTime();
                    statement.execute("ALTER TABLE " + tables.get(i) + " " + change);
                    current.alters().add(System.nanoTime() - start);
                    Thread.sleep(BETWEEN_ALTERS);
                }
            }
        }
        return null;
    }

    private Void migrate() throws SQLException, InterruptedException {
        String there = "UPDATE alembic_version SET version_num = 'r2' WHERE alembic_version.version_num = 'r1'";
        String back = "UPDATE alembic_version SET version_num = 'r1' WHERE alembic_version.version_num = 'r2'";
        List<List<String>> turns = List.of(
                List.of("ALTER TABLE other400 ADD COLUMN added int", there),
                List.of("ALTER TABLE other400 DROP COLUMN added", back),
                List.of(there),
                List.of(back));
        try (Connection connection = server.owner(database); Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; !over; i = (i + 1) % turns.size()) {
                Phase current = phase;
                long start = System.nanoTime();
                for (String sql : turns.get(i)) {
                    statement.execute(sql);
                }
                connection.commit();
                current.versions().add(System.nanoTime() - start);
                Thread.sleep(BETWEEN_VERSIONS);
            }
        }
        return null;
    }

    private Void sample() throws SQLException, InterruptedException {
        try (Connection connection = server.owner(database)) {
            while (!over) {
                phase.locks().take(connection);
                Thread.sleep(BETWEEN_SAMPLES);
            }
        }
        return null;
    }

    /** Waits until every session is at its end. */
    @Override
    public void close() {
        over = true;
        threads.close();
    }
}
