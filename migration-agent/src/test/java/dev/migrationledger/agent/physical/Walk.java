package dev.migrationledger.agent.physical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.postgresql.CatalogText;
import dev.migrationledger.agent.database.postgresql.schema.SchemaReader;
import dev.migrationledger.agent.watch.AlembicMigrations;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes real databases to every stop of a history by real Alembic, and inspects them there. */
final class Walk {

    private final AlembicMigrations alembic;
    private final Random lot;
    private final Map<ObjectName, SchemaObject> everything = new TreeMap<>();
    private final List<Seen> seen = new ArrayList<>();
    private final Set<String> leftOut = new TreeSet<>();
    private final int every;
    private final Extras extras;
    private final Map<String, String> lines = new HashMap<>();

    /**
     * What a schema is at a stop, and what it is after each thing that was done to it there.
     *
     * @param catalog as PostgreSQL itself writes it; empty unless asked for
     * @param copy a database that is left at this stop; absent unless asked for
     */
    record Seen(Stop stop, SchemaSnapshot schema, List<Damaged> damaged, Set<String> catalog, @Nullable String copy) {}

    record Damaged(Damage damage, SchemaSnapshot schema, Set<String> catalog) {}

    /**
     * What is asked for beside what the agent reads.
     *
     * @param before what a database needs before the first revision
     * @param kinds of damage that are done, none of which needs what other stops have
     * @param catalogs whether schemas are kept as PostgreSQL writes them
     * @param copies at which stops, counted from 0, a copy of the database is left
     */
    record Extras(String before, Set<Damage.Kind> kinds, boolean catalogs, IntPredicate copies) {
        /** Nothing; and there is damage that needs to know what other stops have. */
        static final Extras NONE = new Extras("", EnumSet.allOf(Damage.Kind.class), false, stop -> false);
    }

    private Walk(AlembicMigrations alembic, Random lot, int every, Extras extras) {
        this.alembic = alembic;
        this.lot = lot;
        this.every = every;
        this.extras = extras;
    }

    /**
     * Goes to every stop that is reached from one at which nothing ran.
     *
     * @param every how many stops there are for each at which damage is done
     */
    static Walk from(Stop first, AlembicMigrations alembic, Random lot, int every) throws IOException, SQLException {
        return from(first, alembic, lot, every, Extras.NONE);
    }

    static Walk from(Stop first, AlembicMigrations alembic, Random lot, int every, Extras extras)
            throws IOException, SQLException {
        Walk walk = new Walk(alembic, lot, every, extras);
        if (extras.equals(Extras.NONE)) {
            walk.collect(first);
        }
        String database = walk.newDatabase();
        walk.visit(first, database);
        TestServer.drop(database);
        return walk;
    }

    List<Seen> seen() {
        return seen;
    }

    /** Revisions that could not be run and were stamped instead, so that they did nothing. */
    Set<String> leftOut() {
        return leftOut;
    }

    /** Runs everything once, so that it is known what other stops have. */
    private void collect(Stop first) throws IOException, SQLException {
        String database = newDatabase();
        alembic.on(url(database));
        Stop stop = first;
        while (!stop.reached().isEmpty()) {
            upgrade(stop.reached().getFirst());
            stop = stop.reached().getFirst().stop();
            try (Connection connection = TestServer.owner(database)) {
                for (SchemaObject object : read(connection).objects()) {
                    everything.putIfAbsent(object.object(), object);
                }
                connection.rollback();
            }
        }
        TestServer.drop(database);
    }

    private String newDatabase() {
        String database = TestServer.newDatabase();
        if (!extras.before().isBlank()) {
            TestServer.run(database, extras.before());
        }
        return database;
    }

    private void visit(Stop stop, String database) throws IOException, SQLException {
        inspect(stop, database);
        List<Stop.Next> reached = stop.reached();
        for (int i = 0; i < reached.size(); i++) {
            boolean last = i == reached.size() - 1;
            String there = last ? database : TestServer.copyOf(database);
            alembic.on(url(there));
            upgrade(reached.get(i));
            visit(reached.get(i).stop(), there);
            if (!last) {
                TestServer.drop(there);
            }
        }
    }

    private void upgrade(Stop.Next next) throws IOException {
        if (leftOut.contains(next.revision()) || !alembic.upgrades(next.revision())) {
            leftOut.add(next.revision());
            alembic.stamp(next.stop().rows());
        }
    }

    private void inspect(Stop stop, String database) throws SQLException {
        String copy = extras.copies().test(seen.size()) ? TestServer.copyOf(database) : null;
        try (Connection connection = TestServer.owner(database)) {
            assertThat(rows(connection)).as("rows that Alembic leaves").isEqualTo(stop.rows());
            SchemaSnapshot schema = read(connection);
            Set<String> catalog = catalog(connection);
            connection.rollback();
            List<Damaged> damaged = new ArrayList<>();
            for (Damage damage : seen.size() % every == 0
                    ? Damage.of(schema, everything.values(), lot)
                    : List.<Damage>of()) {
                if (!extras.kinds().contains(damage.kind())) {
                    continue;
                }
                try (Statement statement = connection.createStatement()) {
                    statement.execute(damage.sql());
                    SchemaSnapshot after = read(connection);
                    // A view is gone with its table, and then two things were done.
                    if (Distance.gone(schema, after) <= 1) {
                        damaged.add(new Damaged(damage, after, catalog(connection)));
                    }
                } catch (SQLException impossible) {
                    // Not everything that is drawn can be done, such as dropping a key that another table refers to.
                } finally {
                    connection.rollback();
                }
            }
            seen.add(new Seen(stop, schema, damaged, catalog, copy));
        }
    }

    /** Lines are shared: those of one stop are nearly those of the next. */
    private Set<String> catalog(Connection connection) throws SQLException {
        return extras.catalogs()
                ? CatalogText.of(connection).stream().map(line -> lines.computeIfAbsent(line, same -> same))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    private static SchemaSnapshot read(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        long versionTable;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement
                        .executeQuery("SELECT coalesce(to_regclass('public.alembic_version')::oid, 0)")) {
            row.next();
            versionTable = row.getLong(1);
        }
        return SchemaReader.read(connection, SchemaScope.ALL, versionTable);
    }

    private static List<String> rows(Connection connection) throws SQLException {
        TreeSet<String> rows = new TreeSet<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT to_regclass('public.alembic_version') IS NULL")) {
                row.next();
                if (row.getBoolean(1)) {
                    return List.of();
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT version_num FROM alembic_version")) {
                while (row.next()) {
                    rows.add(row.getString(1));
                }
            }
        }
        return List.copyOf(rows);
    }

    private static String url(String database) {
        return "postgresql+psycopg2://postgres@127.0.0.1:%d/%s".formatted(TestServer.port(), database);
    }
}
