package dev.migrationledger.agent.database.postgresql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.contracts.schema.SchemaDifference;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What statements do to a snapshot, and that none does it behind the mark's back. */
class SchemaChangesTest {

    /** @param expected what changes, a + for created, ~ for altered, - for dropped, sorted */
    private record Case(String sql, List<String> expected) {
        Case(String sql, String... expected) {
            this(sql, List.of(expected));
        }
    }

    private static final List<Case> CASES = List.of(
            new Case("ALTER TABLE t RENAME TO u", "*"),
            new Case("ALTER TABLE t RENAME COLUMN n TO nn", "+COLUMN public.t.nn", "-COLUMN public.t.n"),
            new Case("ALTER TABLE parts ALTER id TYPE bigint", "~COLUMN public.part.id", "~COLUMN public.parts.id"),
            new Case("ALTER TABLE t ALTER n TYPE numeric(9,2)", "~COLUMN public.t.n"),
            new Case("ALTER TABLE t ALTER n TYPE numeric(8,3)", "~COLUMN public.t.n"),
            new Case("ALTER TABLE t ALTER a SET DEFAULT 2", "~COLUMN public.t.a"),
            new Case("ALTER TABLE t ALTER a DROP DEFAULT", "~COLUMN public.t.a"),
            new Case("ALTER TABLE t ALTER a SET NOT NULL", "~COLUMN public.t.a"),
            new Case("ALTER TABLE t ALTER b DROP NOT NULL", "~COLUMN public.t.b"),
            new Case("ALTER TABLE t DROP COLUMN n", "-COLUMN public.t.n"),
            new Case("ALTER TABLE t ADD COLUMN x jsonb DEFAULT '{}'", "+COLUMN public.t.x"),
            new Case("ALTER TABLE t ALTER k SET GENERATED ALWAYS", "~COLUMN public.t.k"),
            new Case("ALTER TABLE t ALTER k SET INCREMENT 7", "~COLUMN public.t.k"),
            new Case("ALTER TABLE t ALTER k DROP IDENTITY", "~COLUMN public.t.k"),
            new Case("ALTER TABLE t ALTER g DROP EXPRESSION", "~COLUMN public.t.g"),
            new Case("ALTER TABLE t DROP CONSTRAINT positive", "-CONSTRAINT public.t.positive"),
            new Case("ALTER TABLE t RENAME CONSTRAINT positive TO plus", "+CONSTRAINT public.t.plus",
                    "-CONSTRAINT public.t.positive"),
            new Case("ALTER TABLE t DROP CONSTRAINT positive, ADD CONSTRAINT positive CHECK (a > 1)",
                    "~CONSTRAINT public.t.positive"),
            new Case("ALTER TABLE t DROP CONSTRAINT b_key, ADD CONSTRAINT b_key UNIQUE (b) DEFERRABLE",
                    "~CONSTRAINT public.t.b_key"),
            new Case("ALTER TABLE t ALTER CONSTRAINT t_p_fkey DEFERRABLE INITIALLY DEFERRED",
                    "~CONSTRAINT public.t.t_p_fkey"),
            new Case("ALTER TABLE t ADD CONSTRAINT later CHECK (a < 9) NOT VALID", "+CONSTRAINT public.t.later"),
            new Case("ALTER INDEX i RENAME TO j", "+INDEX public.j", "-INDEX public.i"),
            new Case("DROP INDEX i; CREATE INDEX i ON t (a) WHERE a > 6", "~INDEX public.i"),
            new Case("DROP INDEX i; CREATE INDEX i ON t (a DESC) WHERE a > 5", "~INDEX public.i"),
            new Case("DROP INDEX i; CREATE INDEX i ON t (a) WHERE a > 5"),
            new Case("ALTER TYPE mood ADD VALUE 'so so' BEFORE 'bad'", "~ENUM public.mood"),
            new Case("ALTER TYPE mood RENAME VALUE 'bad' TO 'sad'", "~ENUM public.mood"),
            new Case("ALTER TYPE mood RENAME TO temper", "*"),
            new Case("ALTER DOMAIN short DROP CONSTRAINT is_short", "~DOMAIN public.short"),
            new Case("ALTER DOMAIN short SET DEFAULT 'x'", "~DOMAIN public.short"),
            new Case("ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint", "~TYPE public.pair"),
            new Case("ALTER SEQUENCE s INCREMENT 3", "~SEQUENCE public.s"),
            new Case("ALTER SEQUENCE s OWNED BY t.a", "~SEQUENCE public.s"),
            new Case("ALTER SEQUENCE s RESTART 50"),
            new Case("SELECT nextval('s')"),
            new Case("CREATE OR REPLACE FUNCTION f(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n + 1'",
                    "~FUNCTION public.f(integer)"),
            new Case("ALTER FUNCTION f(integer) SECURITY DEFINER", "~FUNCTION public.f(integer)"),
            new Case("ALTER FUNCTION f(integer) SET search_path = 'x'", "~FUNCTION public.f(integer)"),
            new Case("CREATE OR REPLACE VIEW v AS SELECT a, b FROM t WHERE a > 2", "~VIEW public.v"),
            new Case("CREATE OR REPLACE VIEW v AS SELECT a, b FROM t WHERE a > 1"),
            new Case("ALTER VIEW v SET (security_barrier = true)", "~VIEW public.v"),
            new Case("ALTER VIEW v RENAME COLUMN a TO aa", "~VIEW public.v"),
            new Case("DROP MATERIALIZED VIEW mv; CREATE MATERIALIZED VIEW mv AS SELECT b FROM t",
                    "~MATERIALIZED_VIEW public.mv"),
            new Case("ALTER TABLE t DISABLE TRIGGER tr", "~TRIGGER public.t.tr"),
            new Case("DROP TRIGGER tr ON t; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf2()",
                    "~TRIGGER public.t.tr"),
            new Case("ALTER POLICY po ON t USING (a > 7)", "~POLICY public.t.po"),
            new Case("ALTER POLICY po ON t TO PUBLIC", "~POLICY public.t.po"),
            new Case("ALTER TABLE t ENABLE ROW LEVEL SECURITY", "~TABLE public.t"),
            new Case("ALTER TABLE t SET UNLOGGED", "*"),
            new Case("ALTER TABLE t SET (fillfactor = 50)", "~TABLE public.t"),
            new Case("ALTER TABLE parts DETACH PARTITION part", "~TABLE public.part"),
            new Case("CREATE SCHEMA other", "+SCHEMA other"),
            new Case("CREATE SCHEMA other; ALTER TYPE pair SET SCHEMA other", "+SCHEMA other", "+TYPE other.pair",
                    "-TYPE public.pair"),
            new Case("CREATE RULE r AS ON INSERT TO parent DO INSTEAD NOTHING", "~TABLE public.parent"),
            new Case("DROP EXTENSION hstore", "-EXTENSION hstore"),
            new Case("ALTER EXTENSION hstore ADD SEQUENCE spare", "-SEQUENCE public.spare"),
            new Case("COMMENT ON TABLE t IS 'x'"),
            new Case("GRANT SELECT ON t TO PUBLIC"),
            new Case("GRANT SELECT (a) ON t TO PUBLIC"),
            new Case("ALTER TABLE t OWNER TO watcher"),
            new Case("CREATE TABLE alembic_version (version_num text PRIMARY KEY CHECK (version_num <> ''))"),
            new Case("INSERT INTO t (b) VALUES ('x'); REFRESH MATERIALIZED VIEW mv"),
            new Case("CLUSTER t USING t_pkey"));

    /** A database of one version, and how it is before every statement: each is rolled back. */
    private record Start(Connection open, SchemaSnapshot snapshot, Fingerprint mark) implements AutoCloseable {

        static Start of(int version) throws SQLException {
            TestServers server = TestServers.version(version);
            String database = server.newDatabase();
            server.run(database, start(database));
            Connection open = server.owner(database);
            open.setAutoCommit(false);
            Start start = new Start(open, SchemaReader.read(open, SchemaScope.ALL, 0), CatalogFingerprint.read(open));
            open.rollback();
            return start;
        }

        @Override
        public void close() throws SQLException {
            open.close();
        }
    }

    @ParameterizedTest
    @FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
    void each_statement_changes_what_it_changes_and_never_behind_the_mark(int version) throws Exception {
        try (Start start = Start.of(version)) {
            SoftAssertions all = new SoftAssertions();
            for (Case one : CASES) {
                all.assertThatCode(() -> changes(start, one)).as(one.sql).doesNotThrowAnyException();
                start.open.rollback();
            }
            all.assertAll();
        }
    }

    /**
     * A table and its partition, whose columns are written by one transaction and then by another, numbered so that each object's id
     * with the one writer is, bit by bit, the other object's id with the other writer.
     */
    @ParameterizedTest
    @FieldSource("dev.migrationledger.testsupport.postgresql.TestServers#VERSIONS")
    void two_rows_that_one_transaction_writes_after_another_never_trade_places(int version) throws SQLException {
        TestServers server = TestServers.version(version);
        try (Connection open = server.owner(server.newDatabase()); Statement statement = open.createStatement()) {
            for (int tries = 0; tries < 100; tries++) {
                statement.execute("""
                        DROP TABLE IF EXISTS parts;
                        CREATE TABLE parts (id integer, at integer) PARTITION BY RANGE (at);
                        CREATE TABLE part PARTITION OF parts FOR VALUES FROM (1) TO (2)""");
                Fingerprint mark = CatalogFingerprint.read(open);
                long wanted = number(statement,
                        "'parts'::regclass::oid::bigint # 'part'::regclass::oid::bigint # " + WRITER);
                long next = number(statement, "txid_current()") + 1;
                if (wanted < next || wanted > next + 1_000) {
                    continue;
                }
                for (; next < wanted; next++) {
                    number(statement, "txid_current()");
                }
                statement.execute("ALTER TABLE parts ALTER id TYPE bigint");
                assertThat(CatalogFingerprint.read(open)).isNotEqualTo(mark);
                if (number(statement, WRITER) == wanted) {
                    return;
                }
            }
            fail("No transaction had the number that was wanted.");
        }
    }

    /** Who wrote the column, a transaction's number. */
    private static final String WRITER = "(SELECT xmin::text::bigint FROM pg_attribute WHERE attrelid = 'parts'::regclass AND attnum = 1)";

    private static long number(Statement statement, String expression) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT " + expression)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void changes(Start start, Case one) throws SQLException {
        try (Statement statement = start.open.createStatement()) {
            statement.execute(one.sql);
        }
        Fingerprint mark = CatalogFingerprint.read(start.open);
        SchemaDifference difference = SchemaDifference.between(
                start.snapshot, SchemaReader.read(start.open, SchemaScope.ALL, Snapshots.versionTable(start.open)));

        if (!difference.isEmpty()) {
            assertThat(mark).isNotEqualTo(start.mark);
        }
        if (one.expected.equals(List.of("*"))) {
            assertThat(difference.isEmpty()).isFalse();
        } else {
            assertThat(words(difference)).isEqualTo(one.expected);
        }
    }

    private static String start(String role) {
        return """
                CREATE EXTENSION hstore; CREATE ROLE %1$s_reader;
                CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE DOMAIN short AS text CONSTRAINT is_short CHECK (length(VALUE) < 9);
                CREATE TYPE pair AS (a integer, b text); CREATE SEQUENCE s; CREATE SEQUENCE spare;
                CREATE FUNCTION f(n integer) RETURNS integer LANGUAGE sql AS 'SELECT n';
                CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE FUNCTION tf2() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                CREATE TABLE parent (id integer PRIMARY KEY);
                CREATE TABLE t (id serial PRIMARY KEY, a integer DEFAULT 1, b varchar(10) NOT NULL, m mood, n numeric(8,2),
                                p integer REFERENCES parent, g integer GENERATED ALWAYS AS (a * 2) STORED,
                                k integer GENERATED BY DEFAULT AS IDENTITY,
                                CONSTRAINT positive CHECK (a > 0), CONSTRAINT b_key UNIQUE (b));
                CREATE INDEX i ON t (a) WHERE a > 5; CREATE VIEW v AS SELECT a, b FROM t WHERE a > 1;
                CREATE MATERIALIZED VIEW mv AS SELECT a FROM t; CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION tf();
                CREATE POLICY po ON t FOR SELECT TO %1$s_reader USING (a > 0);
                CREATE TABLE parts (id integer, at date) PARTITION BY RANGE (at);
                CREATE TABLE part PARTITION OF parts FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')"""
                .formatted(role);
    }

    private static List<String> words(SchemaDifference difference) {
        return Stream.of(
                difference.created().stream().map(it -> "+" + it.object().kind() + " " + it.object().dotted()),
                difference.changed().stream().map(it -> "~" + it.object().kind() + " " + it.object().dotted()),
                difference.dropped().stream().map(it -> "-" + it.object().kind() + " " + it.object().dotted()))
                .flatMap(it -> it).sorted().toList();
    }
}
