package dev.migrationledger.faults;

import dev.migrationledger.faults.Committed.Kind;
import dev.migrationledger.faults.FaultScripts.Script;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A database that is migrated in Alembic's own statements, and worked on by hand. It may be killed at any time: what committed is
 * queried afterwards, so that {@link #committed} is the truth.
 */
final class MigratedDatabase implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final String url;
    private final FaultScripts scripts;
    private final Random random;
    private final List<Committed> committed = new ArrayList<>();
    private @Nullable Connection session;
    private int steps;

    /** @param url a JDBC URL of the version table's owner */
    MigratedDatabase(String name, String url, FaultScripts scripts, Random random) {
        this.name = name;
        this.url = url + "&ApplicationName=alembic&connectTimeout=20&socketTimeout=120";
        this.scripts = scripts;
        this.random = random;
    }

    String name() {
        return name;
    }

    /** In the order of the commits. */
    List<Committed> committed() {
        return List.copyOf(committed);
    }

    int steps() {
        return steps;
    }

    /** One step: an upgrade, a downgrade, a stamp, an edit of the version table, or work on the schema by hand. */
    void step() throws SQLException {
        steps++;
        // A command has a session of its own; a pool gives the same one again.
        if (random.nextInt(4) > 0) {
            close();
        }
        int at = rows().keySet().stream().mapToInt(row -> Integer.parseInt(row.substring(1))).max().orElse(0);
        int kind = random.nextInt(20);
        if (kind < 8) {
            upgrade(at, Math.min(FaultScripts.COUNT, at + 1 + random.nextInt(3)), random.nextInt(3) == 0);
        } else if (kind < 12) {
            downgrade(at, Math.max(0, at - 1 - random.nextInt(3)));
        } else if (kind < 15) {
            int to = random.nextInt(FaultScripts.COUNT + 1);
            stamp(to == 0 ? List.of() : List.of("r" + to));
        } else if (kind < 17) {
            String other = "r" + (1 + random.nextInt(FaultScripts.COUNT));
            run(Kind.EDIT, List.of(), List.of(switch (random.nextInt(4)) {
                case 0, 1 -> "UPDATE alembic_version SET version_num = '" + other + "'";
                case 2 -> "INSERT INTO alembic_version VALUES ('" + other + "') ON CONFLICT DO NOTHING";
                default -> "DELETE FROM alembic_version WHERE true";
            }));
        } else if (kind < 19) {
            Script other = scripts.all().get(random.nextInt(FaultScripts.COUNT));
            run(Kind.EDIT, List.of(), random.nextBoolean() ? other.up() : other.down());
        } else {
            run(Kind.EDIT, List.of(), List.of(random.nextBoolean()
                    ? "CREATE TABLE IF NOT EXISTS stray (id integer)"
                    : "DROP TABLE IF EXISTS stray"));
        }
    }

    /** Stamps the mark of the end, again until it is there. */
    void end() throws SQLException {
        while (!rows().containsKey(FaultScripts.END)) {
            stamp(List.of(FaultScripts.END));
        }
    }

    private void upgrade(int from, int to, boolean oneTransactionEach) throws SQLException {
        List<String> statements = new ArrayList<>();
        List<String> revisions = new ArrayList<>();
        for (Script script : scripts.all().subList(Math.min(from, to), to)) {
            statements.addAll(script.up());
            statements.add(script.parent().isEmpty()
                    ? "INSERT INTO alembic_version (version_num) VALUES ('" + script.id() + "')"
                    : moved(script.parent(), script.id()));
            revisions.add(script.id());
            if (oneTransactionEach) {
                if (!run(Kind.UPGRADE, revisions, statements)) {
                    return;
                }
                statements.clear();
                revisions.clear();
            }
        }
        if (!statements.isEmpty()) {
            run(Kind.UPGRADE, revisions, statements);
        }
    }

    private void downgrade(int from, int to) throws SQLException {
        List<String> statements = new ArrayList<>();
        List<String> revisions = new ArrayList<>();
        for (Script script : scripts.all().subList(to, from).reversed()) {
            statements.addAll(script.down());
            statements.add(script.parent().isEmpty()
                    ? "DELETE FROM alembic_version WHERE alembic_version.version_num = '" + script.id() + "'"
                    : moved(script.id(), script.parent()));
            revisions.add(script.id());
        }
        if (!statements.isEmpty()) {
            run(Kind.DOWNGRADE, revisions, statements);
        }
    }

    private static String moved(String from, String to) {
        return "UPDATE alembic_version SET version_num='%s' WHERE alembic_version.version_num = '%s'".formatted(to,
                from);
    }

    /** As {@code alembic stamp --purge}. */
    private void stamp(List<String> rows) throws SQLException {
        List<String> statements = new ArrayList<>(List.of("DELETE FROM alembic_version"));
        rows.forEach(row -> statements.add("INSERT INTO alembic_version (version_num) VALUES ('" + row + "')"));
        run(Kind.STAMP, List.of(), statements);
    }

    /**
     * One transaction.
     *
     * @return whether it committed and changed the version table
     */
    private boolean run(Kind kind, List<String> revisions, List<String> statements) throws SQLException {
        Map<String, String> before = rows();
        Instant begun = Instant.now();
        String transaction = "";
        try (Statement statement = session().createStatement()) {
            statement.execute("BEGIN");
            for (String sql : statements) {
                statement.execute(sql);
            }
            try (ResultSet row = statement
                    .executeQuery("SELECT coalesce(pg_current_xact_id_if_assigned()::text, '')")) {
                row.next();
                transaction = row.getString(1);
            }
            statement.execute("COMMIT");
        } catch (SQLException failedOrKilled) {
            close();
        }
        Map<String, String> after = rows();
        // A row that was written again has another writer; the transaction is the only one that writes here.
        if (after.equals(before)) {
            return false;
        }
        committed.add(new Committed(kind, revisions, List.copyOf(after.keySet()), transaction, begun, Instant.now()));
        return true;
    }

    /** Each row of the version table, sorted, with the transaction that wrote it; waits for a server that does not run. */
    Map<String, String> rows() throws SQLException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try (Statement statement = session().createStatement();
                    ResultSet row = statement.executeQuery("SELECT version_num, xmin::text FROM alembic_version")) {
                Map<String, String> rows = new TreeMap<>();
                while (row.next()) {
                    rows.put(row.getString(1), row.getString(2));
                }
                return rows;
            } catch (SQLException e) {
                close();
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
                Pause.millis(100);
            }
        }
    }

    private Connection session() throws SQLException {
        Connection open = session;
        if (open == null) {
            open = DriverManager.getConnection(url);
            session = open;
        }
        return open;
    }

    /** Closes the session; the next statement opens another. */
    @Override
    public void close() {
        try (Connection _ = session) {
            session = null;
        } catch (SQLException e) {
            // It was broken off.
        }
    }
}
