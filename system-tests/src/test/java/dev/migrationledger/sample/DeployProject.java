package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.alembic.Python;
import dev.migrationledger.testsupport.alembic.RealAlembic;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A project whose environments, {@code staging} and {@code production}, are deployed from images, which are folders. No
 * agent watches.
 *
 * @param home where images lie, and what agents keep
 */
record DeployProject(SampleRun run, Path home) {

    /** A new one. Revision {@code a} is applied in both environments; the label {@code tier} of each is its name. */
    static DeployProject create(SampleLedger ledger, Path home) throws Exception {
        Python.withAlembic();
        DeployProject project = new DeployProject(SharedLedger.project(ledger, home), home);
        List<String> environments = List.of("staging", "production");
        for (String environment : environments) {
            project.run.databases().create(environment);
        }
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ProcessOutput>> begun = environments.stream()
                    .map(environment -> both.submit(() -> project.begin(environment))).toList();
            for (Future<ProcessOutput> one : begun) {
                assertThat(one.get().exitCode()).as(one.get().text()).isZero();
            }
        }
        return project;
    }

    private ProcessOutput begin(String environment) throws Exception {
        Path image = image("a");
        alembic(image, environment).run("upgrade", "head");
        return agent(environment, image, "observe", List.of("--label", "tier=" + environment), List.of());
    }

    /** Runs an agent in an image to its end. */
    ProcessOutput agent(
            String environment, Path image, String command, List<String> options, List<String> child)
            throws Exception {
        return ProcessOutput.of(program(environment, image, command, options, child));
    }

    /** @param child what {@code run} starts; none: the command starts nothing */
    ProcessBuilder program(
            String environment, Path image, String command, List<String> options, List<String> child)
            throws IOException {
        List<String> line = new ArrayList<>(SampleProcess.command(SampleLayout.here().agentJar()));
        line.add(command);
        line.addAll(target(environment));
        line.addAll(options);
        if (!child.isEmpty()) {
            line.add("--");
            line.addAll(child);
        }
        ProcessBuilder program = new ProcessBuilder(line).directory(image.toFile());
        program.environment().put("HOME", home.toString());
        program.environment().put("DATABASE_URL", databaseUrl(environment));
        return program;
    }

    /** The options that name an environment. */
    List<String> target(String environment) {
        return List.of("--ledger", run.url(), "--project", run.project(), "--environment", environment);
    }

    /** Of an environment's database, or of production's where the name is mistyped. */
    String databaseUrl(String environment) throws IOException {
        return run.databases().ownerUrl(environment.equals("prodution") ? "production" : environment);
    }

    RealAlembic alembic(Path image, String environment) throws IOException {
        return RealAlembic.in(image, Map.of("DATABASE_URL", databaseUrl(environment)));
    }

    /** Changes a database as a person would, by hand. */
    void sql(String environment, String statement) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                "jdbc:" + databaseUrl(environment).replaceFirst("//.*@", "//"), run.databases().user(),
                run.databases().password());
                Statement change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    /** What was asked, the newest first. */
    List<DeployRecord> deploys(String environment) {
        return List.of(ContractJson.read(run.get("/environments/" + environment + "/deploys").orElseThrow(),
                DeployRecord[].class));
    }

    /** The scripts of an image: a line of revisions, each the parent of the next. */
    Path image(String... revisions) throws IOException {
        Path image = home.resolve("image-" + String.join("-", revisions) + "-" + UUID.randomUUID());
        Files.createDirectories(image.resolve("migrations/versions"));
        Files.writeString(image.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
        Files.writeString(image.resolve("migrations/env.py"), """
                import os

                from alembic import context
                from sqlalchemy import create_engine, pool

                with create_engine(os.environ["DATABASE_URL"], poolclass=pool.NullPool).connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """);
        String parent = null;
        for (String revision : revisions) {
            add(image, revision, parent);
            parent = revision;
        }
        return image;
    }

    /** One more revision, which creates a table. */
    void add(Path image, String revision, @Nullable String parent) throws IOException {
        Files.writeString(image.resolve("migrations/versions/" + revision + ".py"), """
                import sqlalchemy as sa
                from alembic import op

                revision = "%s"
                down_revision = %s


                def upgrade():
                    op.create_table("table_%s", sa.Column("id", sa.Integer()))


                def downgrade():
                    op.drop_table("table_%s")
                """.formatted(revision, parent == null ? "None" : "\"" + parent + "\"", revision, revision));
    }
}
