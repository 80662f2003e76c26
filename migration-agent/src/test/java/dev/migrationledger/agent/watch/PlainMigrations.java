package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.watch.MigrationKind.Shape;
import dev.migrationledger.agent.watch.MigrationKind.Step;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The statements that Alembic would send, where there is no Alembic. Each command has a connection of its own, as there. */
final class PlainMigrations implements Migrations {

    interface Opening {
        Connection open() throws SQLException;
    }

    private record Scripted(MigrationKind kind, Step step) {}

    private final Opening opening;
    private final Map<String, Scripted> scripts = new LinkedHashMap<>();

    PlainMigrations(Opening opening) {
        this.opening = opening;
    }

    void know(MigrationKind kind, Step step) {
        scripts.put(step.revision(), new Scripted(kind, step));
    }

    @Override
    public void upgrade(String revision) throws SQLException {
        try (Connection connection = opening.open(); Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            List<Scripted> way = new ArrayList<>();
            List<String> rows = rows(statement);
            collect(revision, rows, way);
            for (Scripted next : way) {
                run(statement, next, next.step.up());
                List<String> parents = new ArrayList<>(next.step.parents());
                parents.retainAll(rows);
                for (String gone : parents.subList(0, Math.max(0, parents.size() - 1))) {
                    statement.execute(
                            "DELETE FROM alembic_version WHERE alembic_version.version_num = '" + gone + "'");
                }
                statement.execute(parents.isEmpty()
                        ? "INSERT INTO alembic_version (version_num) VALUES ('" + next.step.revision() + "')"
                        : update(parents.getLast(), next.step.revision()));
                rows = rows(statement);
            }
            statement.execute("COMMIT");
        }
    }

    private void collect(String revision, List<String> rows, List<Scripted> way) {
        Scripted scripted = scripts.get(revision);
        if (scripted == null || rows.contains(revision) || isBelow(revision, rows) || way.contains(scripted)) {
            return;
        }
        scripted.step.parents().forEach(parent -> collect(parent, rows, way));
        way.add(scripted);
    }

    private boolean isBelow(String revision, List<String> rows) {
        return rows.stream().map(scripts::get).anyMatch(it -> it != null
                && (it.step.parents().contains(revision) || isBelow(revision, it.step.parents())));
    }

    @Override
    public void downgrade(String revision) throws SQLException {
        try (Connection connection = opening.open(); Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            for (String at = rows(statement).getFirst(); !at.equals(revision); at = rows(statement).getFirst()) {
                Scripted last = scripts.get(at);
                if (last == null) {
                    throw new IllegalStateException("no way down from " + at + " to " + revision);
                }
                run(statement, last, last.step.down());
                statement.execute(update(at, last.step.parents().getFirst()));
            }
            statement.execute("COMMIT");
        }
    }

    @Override
    public void stamp(List<String> revisions) throws SQLException {
        try (Connection connection = opening.open(); Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("DELETE FROM alembic_version");
            for (String revision : revisions) {
                statement.execute("INSERT INTO alembic_version (version_num) VALUES ('" + revision + "')");
            }
            statement.execute("COMMIT");
        }
    }

    private static void run(Statement statement, Scripted scripted, List<String> statements) throws SQLException {
        boolean alone = scripted.kind.shape() == Shape.ALONE;
        if (alone) {
            statement.execute("COMMIT");
        }
        for (String sql : statements) {
            statement.execute(sql);
        }
        if (alone) {
            statement.execute("BEGIN");
        }
    }

    private static String update(String from, String to) {
        return "UPDATE alembic_version SET version_num='%s' WHERE alembic_version.version_num = '%s'".formatted(to,
                from);
    }

    private static List<String> rows(Statement statement) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("SELECT version_num FROM alembic_version")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        rows.sort(Comparator.naturalOrder());
        return rows;
    }

    @Override
    public void close() {
        // Each command closed its own connection.
    }
}
