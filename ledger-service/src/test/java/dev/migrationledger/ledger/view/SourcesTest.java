package dev.migrationledger.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.AgentStopped;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.ledger.view.EnvironmentView.ScriptsOfSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SourcesTest {

    private final Story story = new Story("production");

    @Test
    void each_source_has_scripts_of_its_own() {
        watched();
        publishes("image:navbot:1.4", "d9", null, "a b<a c<a");
        assertThat(story.view().sources()).extracting(ScriptsOfSource::source, ScriptsOfSource::agent,
                ScriptsOfSource::heads, ScriptsOfSource::counts).containsExactly(
                        tuple("versions", "a1", List.of("b"), true),
                        tuple("image:navbot:1.4", "ci", List.of("b", "c"), false));
    }

    @Test
    void a_publisher_never_displaces_a_watched_source() {
        watched();
        publishes("git:4f2a91c", "d9", null, "a b<a c<b");
        assertThat(story.view().heads()).containsExactly("b");
        assertThat(story.view().report().agents()).extracting(agent -> agent.agent()).containsExactly("a1");
        assertThat(story.view().observedAt()).isEqualTo(Story.NOON);
    }

    /** As where each run of a pipeline has a new agent; every second one is killed before it can say that it stops. */
    @Test
    void agents_of_long_ago_are_counted_and_no_longer_listed() {
        watched();
        for (int run = 0; run < 200; run++) {
            story.agent("run-" + run).says(new AgentStarted("1", "alembic", "watch", Map.of()))
                    .source("git:" + run).scripts("a b<a");
            if (run % 2 == 0) {
                story.says(new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP));
            }
        }
        EnvironmentView view = story.view();
        assertThat(view.report().agents()).hasSize(50).extracting(agent -> agent.agent())
                .contains("a1", "run-199").doesNotContain("run-0", "run-196");
        assertThat(view.report().forgottenAgents()).isEqualTo(151);
        assertThat(view.rows()).as("the version table is what a1 observed").containsExactly("b");
        assertThat(view.scripts()).hasSizeLessThan(70);
    }

    @Test
    void without_a_watching_agent_the_scripts_are_those_published_last() {
        publishes("git:1", "d1", null, "a");
        publishes("git:2", "d2", null, "a b<a");
        assertThat(story.view().heads()).containsExactly("b");
        assertThat(story.view().observedAt()).isNull();
    }

    @Test
    void a_difference_applies_to_the_agents_last_scan_of_another_source() {
        publishes("git:1", "d1", null, "a b<a");
        publishes("git:2", "d2", "d1", "c<b");
        publishes("git:3", "d2", "d2");
        assertThat(story.view().sources()).extracting(source -> source.scripts().revisions().size())
                .containsExactlyInAnyOrder(2, 3, 3);
        assertThat(story.view().heads()).containsExactly("c");
    }

    @Test
    void a_difference_from_what_was_forgotten_waits_for_the_whole() {
        publishes("git:2", "d2", "gone", "c<b");
        assertThat(story.view().sources()).isEmpty();
        publishes("git:2", "d2", null, "a b<a c<b");
        assertThat(story.view().heads()).containsExactly("c");
    }

    @Test
    void a_source_was_seen_from_its_first_scan_to_the_last_word_of_who_watches_it() {
        watched();
        story.at(5).scripts("a b<a c<b").at(30).table("b");
        ScriptsOfSource source = story.view().sources().getFirst();
        assertThat(source.firstSeen()).isEqualTo(Story.NOON);
        assertThat(source.lastSeen()).isEqualTo(Story.NOON.plusSeconds(30 * 60));
    }

    @Test
    void heads_belong_to_the_scripts_reported_before_them() {
        publishes("git:1", "d1", null, "a b<a");
        story.says(new HeadDetected(List.of("b"), List.of("other")));
        assertThat(story.view().realHeads()).containsExactly("other");
        publishes("git:2", "d2", null, "a");
        assertThat(story.view().realHeads()).containsExactly("a");
    }

    @Test
    void a_pipeline_that_publishes_every_commit_leaves_a_few_sources() {
        watched();
        for (int i = 0; i < 100; i++) {
            story.agent("ci" + i);
            scans("git:" + i, "d" + i, null, "a");
        }
        List<ScriptsOfSource> sources = story.view().sources();
        assertThat(sources).hasSizeLessThan(20).extracting(ScriptsOfSource::source).startsWith("versions")
                .contains("git:99");
        assertThat(story.view().scripts()).hasSameSizeAs(sources);
    }

    private void watched() {
        story.at(0).says(new AgentStarted("1", "alembic", "watch", Map.of())).scripts("a b<a").table("b");
    }

    private void publishes(String source, String digest, @Nullable String base, String... drawn) {
        story.at(10).agent("ci");
        scans(source, digest, base, drawn);
    }

    private void scans(String source, String digest, @Nullable String base, String... drawn) {
        story.says(new ScriptsScanned(source, 1, digest, base, Story.history(drawn), List.of(), List.of(), Story.TOOL));
    }
}
