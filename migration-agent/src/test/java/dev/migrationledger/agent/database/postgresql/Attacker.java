package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A role with some rights in a database that wants those of a role that polls it or installs something there. Their code leaves a file
 * when a superuser runs it, which works in a read-only transaction too, and makes them a superuser where it can write.
 */
public final class Attacker implements AutoCloseable {

    private static final VersionTableName TABLE = new VersionTableName(null, "alembic_version");

    private final TestServers server;
    private final String database;
    private final String role;
    private final Path mark;
    private final Connection session;

    private Attacker(TestServers server, String database, String role) throws SQLException, IOException {
        this.server = server;
        this.database = database;
        this.role = role;
        Path folder = Files.createTempDirectory("attack",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx")));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        this.mark = folder.resolve("taken");
        this.session = server.as(role, database);
        run("CREATE SCHEMA evil", "GRANT USAGE ON SCHEMA evil TO PUBLIC", """
                CREATE FUNCTION evil.attack() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
                    BEGIN EXECUTE 'RESET ROLE'; EXCEPTION WHEN OTHERS THEN NULL; END;
                    BEGIN EXECUTE 'ALTER ROLE %1$s SUPERUSER'; EXCEPTION WHEN OTHERS THEN NULL; END;
                    BEGIN EXECUTE 'COPY (SELECT 1) TO ''%2$s'''; EXCEPTION WHEN OTHERS THEN NULL; END;
                    RETURN true;
                END $$""".formatted(role, mark), """
                CREATE FUNCTION evil.still(text) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN
                    RETURN evil.attack(); END $$""", """
                CREATE FUNCTION evil.fire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    PERFORM evil.attack(); RETURN coalesce(NEW, OLD); END $$""",
                "CREATE TYPE evil.version AS (v text)", """
                        CREATE FUNCTION evil.as_text(evil.version) RETURNS text LANGUAGE plpgsql AS $$ BEGIN
                            PERFORM evil.attack(); RETURN ($1).v; END $$""",
                "CREATE CAST (evil.version AS text) WITH FUNCTION evil.as_text(evil.version) AS IMPLICIT", """
                        CREATE FUNCTION evil.as_jsonb(evil.version) RETURNS jsonb LANGUAGE plpgsql AS $$ BEGIN
                            PERFORM evil.attack(); RETURN NULL; END $$""",
                "CREATE CAST (evil.version AS jsonb) WITH FUNCTION evil.as_jsonb(evil.version) AS IMPLICIT");
    }

    /** Who owns a new database. */
    static Attacker owningDatabase(int version) throws Exception {
        TestServers server = TestServers.version(version);
        String database = server.newDatabase();
        String owner = server.newRole();
        server.run("postgres", "ALTER DATABASE " + database + " OWNER TO " + owner);
        server.run(database, "ALTER SCHEMA public OWNER TO " + owner);
        return new Attacker(server, database, owner);
    }

    /** Who may create schemas and tables in a database of another role, and owns none of what is there. */
    static Attacker mayCreate(int version) throws Exception {
        TestServers server = TestServers.version(version);
        String database = server.newDatabase();
        String role = server.newRole();
        server.run(database, "GRANT CREATE ON DATABASE " + database + " TO " + role,
                "GRANT ALL ON SCHEMA public TO " + role);
        return new Attacker(server, database, role);
    }

    String role() {
        return role;
    }

    String database() {
        return database;
    }

    TestServers server() {
        return server;
    }

    Attacker withVersionTable() throws SQLException {
        run("CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY)",
                "INSERT INTO public.alembic_version VALUES ('a')");
        return this;
    }

    void run(String... statements) throws SQLException {
        try (Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** As a superuser. */
    PostgresObserver watched() {
        return new PostgresObserver(superuser(), TABLE);
    }

    /** As a superuser. */
    PostgresCaptureControl capture() {
        return new PostgresCaptureControl(superuser(), TABLE);
    }

    /** As the attacker. */
    PostgresCaptureControl ownCapture() {
        return new PostgresCaptureControl(url(role), TABLE);
    }

    PostgresUrl superuser() {
        return url("postgres");
    }

    private PostgresUrl url(String user) {
        return PostgresUrl.parse(
                "postgresql://%s@127.0.0.1:%d/%s".formatted(user, server.port(), database), "--database", Map.of());
    }

    /** Whether their code ran with a superuser's rights. */
    boolean won() throws SQLException {
        try (Connection open = server.owner("postgres");
                Statement statement = open.createStatement();
                ResultSet row = statement
                        .executeQuery("SELECT rolsuper FROM pg_roles WHERE rolname = '" + role + "'")) {
            row.next();
            return row.getBoolean(1) || Files.exists(mark);
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        session.close();
        Files.deleteIfExists(mark);
        Files.delete(mark.getParent());
    }
}
