package dev.migrationledger.sample;

import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A story of a merge that fails in its rehearsal: both executable jars, real Alembic, a golden transcript. */
@Order(3)
@ExtendWith(SharedLedger.class)
class RehearsalIT {

    private static final String REHEARSE = "migration-agent merge rehearse $PROJECT --database-file ~/scratch.url";

    @TempDir
    private Path home;

    private DeployProject project;

    @BeforeEach
    void two_environments(SampleLedger ledger) throws Exception {
        project = DeployProject.create(ledger, home);
        project.run().databases().create("scratch");
        Path url = home.resolve("scratch.url");
        Files.writeString(url, project.run().databases().ownerUrl("scratch") + "\n");
        Files.setPosixFilePermissions(url, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void a_merge_that_fails_in_one_order_is_seen_before_it_is_approved() throws Exception {
        Transcript story = new Transcript(project,
                "One branch renames a column that the other needs, and the policy asks for a rehearsal");
        Path image = fork(story, "op.alter_column(\"table_a\", \"id\", new_column_name=\"number\")",
                "op.create_index(\"by_id\", \"table_a\", [\"id\"])", "merges:\n  rehearsal: required\n");
        story.type("staging", image, "migration-agent merge show $PROJECT", 1);
        story.type("staging", image, REHEARSE, 1);

        story.note("Production has c, so it runs b after it. Staging has b, and c has to bear that.");
        script(image, "c", "columns = [it[\"name\"] for it in sa.inspect(op.get_bind()).get_columns(\"table_a\")]\n"
                + "    op.create_index(\"by_id\", \"table_a\", [\"id\" if \"id\" in columns else \"number\"])");
        observe(story, "staging", image);
        observe(story, "production", image);
        becomes("edited", it -> it.changes().size() == 1);
        story.type("staging", image, "migration-agent merge approve $PROJECT", 0);
        story.type("staging", image, REHEARSE, 0);
        story.type("staging", image, "migration-agent merge show $PROJECT", 0);

        story.note("It is approved and rehearsed, and staging goes the way that was tried.");
        quietly(story, "staging", image, "migration-agent merge write $PROJECT --rev-id feed");
        quietly(story, "staging", image, "alembic upgrade head");
        observe(story, "staging", image);
        becomes("in staging", it -> it.applied().size() == 1 && it.applied().getFirst().approved());
        story.type("staging", image, "alembic current 2>seen.txt", 0);
        story.type("staging", image, "migration-agent merge rehearse $PROJECT --database $DATABASE_URL", 2);
        story.compare("rehearsal");
    }

    @Test
    void both_sides_change_one_column_and_the_order_decides() throws Exception {
        Transcript story = new Transcript(project, "Both branches change the type of one column");
        Path image = fork(story, "op.alter_column(\"table_a\", \"id\", type_=sa.BigInteger())",
                "op.alter_column(\"table_a\", \"id\", type_=sa.Numeric())",
                "merges:\n  approvals: 1\n  approvals-where-shared: 2\n");
        story.type("staging", image, "migration-agent merge show $PROJECT", 1);
        story.type("staging", image, REHEARSE, 1);
        story.type("staging", image, "migration-agent merge approve $PROJECT", 0);
        story.type("staging", image, "migration-agent merge write $PROJECT", 1);
        story.type("staging", image,
                "migration-agent merge reject $PROJECT --reason 'one type for all: numeric'", 0);
        story.type("staging", image, "migration-agent merge list $PROJECT", 0);
        story.compare("one-column");
    }

    /** Staging ran b, production ran c, and the image that comes back has both. */
    private Path fork(Transcript story, String b, String c, String policy) throws Exception {
        Path branch = project.image("a", "b");
        script(branch, "b", b);
        quietly(story, "staging", branch, "alembic upgrade head");
        observe(story, "staging", branch);
        Path image = project.image("a", "c");
        script(image, "c", c);
        quietly(story, "production", image, "alembic upgrade head");
        observe(story, "production", image);
        Files.copy(branch.resolve("migrations/versions/b.py"), image.resolve("migrations/versions/b.py"));
        Files.writeString(image.resolve("migrations/script.py.mako"), """
                revision = ${repr(up_revision)}
                down_revision = ${repr(down_revision)}


                def upgrade():
                    ${upgrades if upgrades else "pass"}
                """);
        Files.writeString(image.resolve("policy.yaml"), policy);
        quietly(story, "staging", image, "migration-agent policy apply policy.yaml $PROJECT");
        observe(story, "staging", image);
        observe(story, "production", image);
        becomes("proposed", it -> it.status() == Status.OPEN && it.content().sides().stream()
                .noneMatch(side -> side.ranIn().isEmpty()));
        return image;
    }

    private static void script(Path image, String revision, String does) throws IOException {
        Path file = image.resolve("migrations/versions/" + revision + ".py");
        Files.writeString(file, """
                import sqlalchemy as sa
                from alembic import op

                revision = "%s"
                down_revision = "a"


                def upgrade():
                    %s
                """.formatted(revision, does));
    }

    private static void quietly(Transcript story, String environment, Path image, String command) throws Exception {
        story.type(environment, image, command + " >seen.txt 2>&1", 0);
    }

    private static void observe(Transcript story, String environment, Path image) throws Exception {
        quietly(story, environment, image, "migration-agent observe $HERE");
    }

    private void becomes(String what, Predicate<MergeProposal> condition) throws Exception {
        Eventually.becomes("the merge is " + what,
                () -> List.of(ContractJson.read(project.run().get("/merges").orElseThrow(), MergeProposal[].class)),
                found -> found.size() == 1 && condition.test(found.getFirst()));
    }
}
