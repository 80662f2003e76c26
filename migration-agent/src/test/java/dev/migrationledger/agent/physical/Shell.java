package dev.migrationledger.agent.physical;

import dev.migrationledger.agent.database.postgresql.CatalogText;
import dev.migrationledger.testsupport.alembic.PreloadedAlembic;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Types what a plan says in a project's folder, with real Alembic. */
final class Shell implements AutoCloseable {

    private static final String PSQL = """
            import os, sys, psycopg2
            connection = psycopg2.connect(os.environ["DATABASE_URL"].replace("+psycopg2", ""))
            connection.autocommit = "--single-transaction" not in sys.argv
            for i, word in enumerate(sys.argv):
                if word in ("-c", "-f"):
                    connection.cursor().execute(sys.argv[i + 1] if word == "-c" else open(sys.argv[i + 1]).read())
            connection.autocommit or connection.commit()
            """;

    private final Path folder;
    private final Path programs;
    private final Map<String, String> environment;
    private final PreloadedAlembic alembics;

    Shell(Path folder, String python, Map<String, String> environment) throws IOException {
        this.folder = folder;
        this.environment = environment;
        this.programs = Files.createTempDirectory("programs");
        this.alembics = new PreloadedAlembic(python, environment);
        program("alembic", python, "from alembic.config import main\nmain()\n");
        program("psql", python, PSQL);
    }

    private void program(String name, String python, String text) throws IOException {
        Path file = programs.resolve(name);
        Files.writeString(file, "#!/usr/bin/env " + python + "\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The last lines of what it says where it fails; empty where it works. */
    String type(String command, String database) throws Exception {
        Map<String, String> variables = Map.of("DATABASE_URL",
                "postgresql+psycopg2://postgres@127.0.0.1:%d/%s".formatted(TestServer.port(), database));
        if (command.matches("alembic [\\w@:. -]*")) {
            // Nothing that a shell would change: a Python that has loaded Alembic already is many times as fast.
            PreloadedAlembic.Answer answer = alembics.run(folder, variables, List.of(command.split(" +")).subList(1,
                    command.split(" +").length));
            return answer.code() == 0 ? "" : last(answer.output());
        }
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        ProcessOutput typed = ProcessOutput.ofLine(command, folder, programs, all);
        return typed.exitCode() == 0 ? "" : last(typed.text());
    }

    private static String last(String output) {
        List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
        return String.join(" / ", lines.subList(Math.max(0, lines.size() - 4), lines.size())).strip() + " ";
    }

    Set<String> catalog(String database) throws SQLException {
        return CatalogText.of(database);
    }

    List<String> rows(String database) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = TestServer.owner(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT version_num FROM alembic_version ORDER BY 1")) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        alembics.close();
    }
}
