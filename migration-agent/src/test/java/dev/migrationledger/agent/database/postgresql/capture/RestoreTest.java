package dev.migrationledger.agent.database.postgresql.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.testsupport.machine.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A dump carries capture along; what was captured elsewhere is not believed where it is restored. */
class RestoreTest {

    /** One that can dump a server 15. */
    private static Optional<Path> folder() {
        return Stream.of("18", "17", "16", "15")
                .map(version -> Path.of("/usr/lib/postgresql", version, "bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("pg_dump")) && Files.isExecutable(bin.resolve("psql")))
                .findFirst();
    }

    @Test
    void a_dump_restores_cleanly_and_goes_on_capturing() throws Exception {
        Optional<Path> bin = folder();
        Requirement.met(bin.isPresent(), "there is no pg_dump with psql: apt-get install postgresql-client");
        try (Sandbox original = Sandbox.on(15)) {
            original.install();
            original.transaction("CREATE TABLE users (id int)", "INSERT INTO alembic_version VALUES ('a')");
            String copy = original.name() + "restored";
            original.server().run("postgres", "CREATE DATABASE " + copy + " OWNER " + original.owner());
            String dump = run(bin.get(), "pg_dump", original, original.name(), "");
            run(bin.get(), "psql", original, copy, dump);

            try (Connection session = original.server().as(original.owner(), copy)) {
                assertThat(Sandbox.readLog(session, null)).isInstanceOfSatisfying(
                        LoggedChanges.Read.class, it -> assertThat(it.transactions()).isEmpty());
                Sandbox.run(session, "UPDATE alembic_version SET version_num = 'b'");
                assertThat(Sandbox.readLog(session, null)).isInstanceOfSatisfying(LoggedChanges.Read.class, it -> {
                    assertThat(it.coverage()).isNotNull();
                    assertThat(it.transactions()).singleElement()
                            .satisfies(one -> assertThat(one.changes().getFirst().after()).isEqualTo("b"));
                });
            }
        }
    }

    private static String run(Path bin, String program, Sandbox database, String name, String input)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(
                bin.resolve(program).toString(), "-h", "127.0.0.1", "-p", Integer.toString(database.server().port()),
                "-U",
                "postgres", "-d", name)));
        if (program.equals("psql")) {
            builder.command().addAll(List.of("-X", "-q", "-v", "ON_ERROR_STOP=1"));
        }
        Path errors = Files.createTempFile(program, ".log");
        Process process = builder.redirectError(errors.toFile()).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        Files.delete(errors);
        return output;
    }
}
