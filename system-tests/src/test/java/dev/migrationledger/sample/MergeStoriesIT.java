package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.time.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Stories of two heads that become one, as people see them: both executable jars, real Alembic, golden transcripts. */
@Order(10)
@ExtendWith(SharedLedger.class)
class MergeStoriesIT {

    private static final String TEMPLATE = """
            \"""${message}

            Revision ID: ${up_revision}
            Revises: ${down_revision | comma,n}

            \"""
            revision = ${repr(up_revision)}
            down_revision = ${repr(down_revision)}


            def upgrade():
                ${upgrades if upgrades else "pass"}


            def downgrade():
                ${downgrades if downgrades else "pass"}
            """;

    @TempDir
    private Path home;

    private DeployProject project;

    @BeforeEach
    void two_environments(SampleLedger ledger) throws Exception {
        project = DeployProject.create(ledger, home);
    }

    @Test
    void two_heads_that_ran_in_different_places_are_merged() throws Exception {
        Transcript story = new Transcript(project, "Staging has one branch and production another");
        // Seen at once: the proposal is made of what is known when it opens.
        Path branch = project.image("a", "b");
        quietly(story, "staging", branch, "alembic upgrade head");
        observe(story, "staging", branch);
        Path other = project.image("a", "c");
        quietly(story, "production", other, "alembic upgrade head");
        observe(story, "production", other);
        story.note("Both branches are merged in Git, and the image has two heads.");
        Path image = project.image("a", "b");
        project.add(image, "c", "a");
        Files.writeString(image.resolve("migrations/script.py.mako"), TEMPLATE);
        observe(story, "staging", image);
        observe(story, "production", image);
        becomes("proposed", it -> it.status() == Status.OPEN && it.content().sides().stream()
                .noneMatch(side -> side.ranIn().isEmpty()));
        story.type("staging", image, "migration-agent merge check", 1);
        story.type("staging", image, "migration-agent merge show $PROJECT", 1);
        story.type("staging", image, "migration-agent merge approve $PROJECT", 0);

        story.note("Someone adds a comment, and then another statement.");
        Path file = image.resolve("migrations/versions/c.py");
        String before = Files.readString(file);
        Files.writeString(file, "# Reviewed.\n" + before);
        observe(story, "staging", image);
        becomes("kept", it -> it.approvals().getFirst().carried() == 1);
        story.type("staging", image, "migration-agent merge list $PROJECT", 0);
        Files.writeString(file, before.replace("table_c", "table_d"));
        observe(story, "staging", image);
        becomes("ended", it -> !it.approved());
        story.type("staging", image, "migration-agent merge write $PROJECT", 1);
        story.type("staging", image, "migration-agent merge show $PROJECT", 1);

        story.note("It is taken back, approved again and written.");
        Files.writeString(file, before);
        observe(story, "staging", image);
        becomes("edited back", it -> it.changes().size() == 2);
        story.type("staging", image, "migration-agent merge approve $PROJECT", 0);
        story.type("staging", image, "migration-agent merge write $PROJECT -m 'merge b and c' --rev-id feed", 0);
        story.type("staging", image, "cat migrations/versions/feed_merge_b_and_c.py", 0);
        story.type("staging", image, "migration-agent merge check $PROJECT", 0);
        quietly(story, "staging", image, "alembic upgrade head");
        observe(story, "staging", image);
        becomes("in staging", it -> it.applied().size() == 1);
        story.type("production", image, "migration-agent merge show $PROJECT", 0);
        quietly(story, "production", image, "alembic upgrade head");
        observe(story, "production", image);
        becomes("everywhere", it -> it.status() == Status.APPLIED);
        story.type("production", image, "migration-agent merge list $PROJECT", 0);
        story.compare("merge");
    }

    @Test
    void a_head_that_ran_nowhere_follows_the_other() throws Exception {
        Transcript story = new Transcript(project, "One branch ran in staging, and the other ran nowhere");
        quietly(story, "staging", project.image("a", "b"), "alembic upgrade head");
        Path image = project.image("a", "b");
        project.add(image, "c", "a");
        observe(story, "staging", image);
        becomes("proposed", it -> it.status() == Status.OPEN);
        story.type("staging", image, "migration-agent merge show $PROJECT", 1);
        story.type("staging", image, "migration-agent merge approve $PROJECT", 0);
        story.type("staging", image, "cp migrations/versions/c.py before.py", 0);
        story.type("staging", image, "migration-agent merge write $PROJECT", 0);
        story.type("staging", image, "diff before.py migrations/versions/c.py", 1);
        for (String environment : List.of("staging", "production")) {
            quietly(story, environment, image, "alembic upgrade head");
            observe(story, environment, image);
        }
        becomes("everywhere", it -> it.status() == Status.APPLIED);
        story.type("staging", image, "migration-agent merge list $PROJECT", 0);
        assertThat(project.alembic(image, "production").run("current")).contains("c (head)");
        story.compare("re-parent");
    }

    @Test
    void pull_requests_with_one_parent_see_each_other_before_they_are_merged() throws Exception {
        Transcript story = new Transcript(project, "Two pull requests follow the same revision");
        Path icon = project.image("a", "icon");
        Path rewards = project.image("a", "rewards");
        story.type("staging", icon, "migration-agent scan $PROJECT --source pr:702", 0);
        story.type("staging", rewards, "migration-agent scan $PROJECT --source pr:731", 0);
        story.note("The first is merged and deployed.");
        quietly(story, "staging", icon, "alembic upgrade head");
        observe(story, "staging", icon);
        story.type("staging", icon, "migration-agent scan $PROJECT --source pr:702 --closed", 0);
        story.type("staging", rewards, "GITHUB_ACTIONS=true migration-agent scan $PROJECT --source pr:731", 1);
        story.note("The second follows it now.");
        story.type("staging", project.image("a", "icon", "rewards"),
                "migration-agent scan $PROJECT --source pr:731", 0);
        story.type("staging", rewards, "migration-agent scan $HERE --source pr:731", 2);
        story.compare("pull-requests");
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
