package dev.migrationledger.agent.bench;

import dev.migrationledger.testsupport.postgresql.TestServers;
import dev.migrationledger.testsupport.time.Latencies;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What the capture trigger adds to a change of a version row: one session, in turns on a table with it and on one without. */
final class TriggerCost {

    private static final int CHANGES = 500;
    private static final int NOT_COUNTED = 100;

    private TriggerCost() {}

    /** @param tables that are in the database besides */
    static void print(TestServers server, int tables) throws Exception {
        String database = server.newDatabase();
        for (int from = 1; from <= tables; from += 500) {
            server.run(database, """
                    DO $$ BEGIN FOR i IN %d..%d LOOP
                        EXECUTE format('CREATE TABLE t%%s (id bigint PRIMARY KEY, a int NOT NULL DEFAULT 0, b text)', i);
                    END LOOP; END $$""".formatted(from, Math.min(tables, from + 499)));
        }
        server.run(database, "CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)",
                "CREATE TABLE plain_version (version_num varchar(32) PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('r0')", "INSERT INTO plain_version VALUES ('r0')");
        server.run(database, "ANALYZE");
        HarmlessBenchmark.installCapture(server, database);
        try (Connection session = server.owner(database); Statement statement = session.createStatement()) {
            print(server, tables, "in a transaction of its own", statement);
            session.setAutoCommit(false);
            print(server, tables, "all in one transaction", statement);
            session.commit();
        }
    }

    private static void print(TestServers server, int tables, String how, Statement statement) throws SQLException {
        Latencies without = new Latencies();
        Latencies with = new Latencies();
        for (int i = 0; i < NOT_COUNTED + CHANGES; i++) {
            long plain = change(statement, "plain_version", i);
            long captured = change(statement, "alembic_version", i);
            if (i >= NOT_COUNTED) {
                without.add(plain);
                with.add(captured);
            }
        }
        System.out.printf("PostgreSQL %d, %,6d tables, UPDATE of a version row %-28s without %,6.0f µs, with %,6.0f µs (99%%: %,.0f, %,.0f)%n",
                server.version(), tables, how, 1000 * without.millis(0.5), 1000 * with.millis(0.5), 1000 * without.millis(0.99),
                1000 * with.millis(0.99));
    }

    private static long change(Statement statement, String table, int i) throws SQLException {
        long start = System.nanoTime();
        statement.executeUpdate("UPDATE %1$s SET version_num = 'r%2$d'".formatted(table, i));
        return System.nanoTime() - start;
    }
}
