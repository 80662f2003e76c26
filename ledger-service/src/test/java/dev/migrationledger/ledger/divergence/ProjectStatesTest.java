package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.ledger.divergence.ProjectStates.ProjectState;
import dev.migrationledger.ledger.divergence.project.ProjectRules;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RetireEnvironment;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.view.Story;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is worked out once for a project, and for each deploy before. */
@LedgerTest
class ProjectStatesTest {

    private static final String OLD = "a".repeat(64);
    private static final String NEW = "b".repeat(64);

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    ProjectReader reader;

    @Autowired
    ProjectStates states;

    @Autowired
    EvaluationCheckpoints checkpoints;

    @Autowired
    EventLog log;

    @Test
    void a_recorded_environment_has_the_same_findings_as_a_deploy_of_its_own_scripts() {
        environment("one", "d1", OLD, "b", "x");
        environment("two", "d1", OLD, "b", "x");
        environment("edited", "d2", NEW, "b", "x", "y");
        environment("forked", "d1", OLD, "c", "x");

        ProjectState state = states.of("navbot");

        assertThat(state.findings().values().stream().flatMap(it -> it.findings().stream()).map(Finding::code))
                .contains(DivergenceCode.FORKED, DivergenceCode.REVISION_EDITED, DivergenceCode.SCHEMA_DIFFERS);
        assertThat(state.environments().keySet()).contains("one", "two", "edited", "forked")
                .allSatisfy(name -> assertThat(ProjectRules
                        .evaluate(reader.deploying(Objects.requireNonNull(state.environments().get(name)),
                                state.known(), ProjectDemands.NONE), name))
                        .isEqualTo(state.findings().get(name)));
    }

    @Test
    void a_project_is_evaluated_again_only_after_a_change() {
        Story story = environment("changing", "d1", OLD, "b");
        ProjectState before = states.of("navbot");
        assertThat(states.of("navbot")).isSameAs(before);

        story.at(10).table("c").recordIn(commands);

        assertThat(states.of("navbot").environments().get("changing"))
                .isNotEqualTo(before.environments().get("changing"));
    }

    @Test
    void what_changes_one_by_one_ends_as_if_it_was_read_at_once() {
        List<Story> stories = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Story story = new Story("gradual", "e" + i).scripts("a b<a c<a").applied("a");
            story.recordIn(commands);
            stories.add(story);
        }
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        Set<DivergenceCode> found = EnumSet.noneOf(DivergenceCode.class);
        for (int step = 0; step < 80; step++) {
            int number = random.nextInt(stories.size());
            Story story = stories.get(number).at(step);
            switch (random.nextInt(8)) {
                case 0 -> story.table(random.nextBoolean() ? "b" : "c");
                case 1 -> story.scripts(random.nextBoolean() ? "a b<a c<a d<b" : "a b<a c<a");
                case 2 -> story.schema(random.nextBoolean() ? "x" : "y");
                case 3 -> story.noTable();
                case 4 -> story.says(new AgentStarted("1", "alembic", "watch",
                        random.nextBoolean() ? Map.of() : Map.of("group", "apart")));
                case 5 -> story.applied("b").table("b").says(scan("d" + step, random.nextBoolean() ? OLD : NEW));
                case 6 -> story.table("a").schema(random.nextBoolean() ? "x" : "z", "t");
                default -> commands.retire(new RetireEnvironment("gradual", "e" + number, "ada", "tried", null,
                        Story.NOON.plusSeconds(60L * step), step));
            }
            story.recordIn(commands);
            ProjectState gradual = states.of("gradual");
            ProjectState atOnce = new ProjectStates(reader, checkpoints, new ChangedEnvironments(log)).of("gradual");
            assertThat(gradual.environments()).as("step %d", step).isEqualTo(atOnce.environments());
            assertThat(gradual.known().digests()).as("step %d", step).isEqualTo(atOnce.known().digests());
            assertThat(gradual.findings()).as("step %d", step).isEqualTo(atOnce.findings());
            assertThat(gradual.known().graphs()).as("step %d", step).isEqualTo(atOnce.known().graphs());
            gradual.findings().values().forEach(it -> it.findings().forEach(finding -> found.add(finding.code())));
        }
        assertThat(found).contains(DivergenceCode.FORKED, DivergenceCode.SCHEMA_DIFFERS,
                DivergenceCode.REVISION_EDITED);
    }

    private Story environment(String name, String scripts, String digest, String row, String... tables) {
        Story story = new Story(name).says(new AgentStarted("1", "alembic", "watch", Map.of()))
                .says(scan(scripts, digest))
                .applied("a", row).table(row).schema(tables);
        story.recordIn(commands);
        return story;
    }

    private static ScriptsScanned scan(String scripts, String digest) {
        List<Revision> revisions = Story.history("a b<a c<a").stream()
                .map(it -> new Revision(it.revision(), it.parents(), it.dependsOn(), it.labels(), it.message(),
                        it.file(), digest))
                .toList();
        return new ScriptsScanned("versions", 1, scripts, null, revisions, List.of(), List.of(), Story.TOOL);
    }
}
