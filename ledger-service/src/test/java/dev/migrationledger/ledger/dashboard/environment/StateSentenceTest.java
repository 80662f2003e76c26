package dev.migrationledger.ledger.dashboard.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.ledger.view.EnvironmentListItem;
import dev.migrationledger.ledger.view.Story;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StateSentenceTest {

    @Test
    void each_position_has_its_sentence() {
        assertThat(of(new Story("e"))).isEqualTo(
                "No agent has read the version table yet. No agent has reported its schema.");
        assertThat(of(new Story("e").table("a")))
                .startsWith("The version table says a; no agent has read its scripts yet.");
        assertThat(of(new Story("e").scripts("a b<a").table("b")))
                .startsWith("The version table says b, the head of its scripts.");
        assertThat(of(new Story("e").scripts("a b<a c<a").table("b", "c")))
                .startsWith("The version table says b and c, all heads of its scripts.");
        assertThat(of(new Story("e").scripts("a b<a c<b").table("a")))
                .startsWith("The version table says a, 2 revisions behind the head c.");
        assertThat(of(new Story("e").scripts("a b<a c<a").table("a")))
                .startsWith("The version table says a, 2 revisions behind the heads b and c.");
        assertThat(of(new Story("e").scripts("a b<a c<a").table("b")))
                .startsWith("The version table says b, one of 2 heads; 1 revision of its scripts is not applied.");
        assertThat(of(new Story("e").scripts("a").table("zz")))
                .startsWith("The version table says zz; its scripts do not have zz.");
        assertThat(of(new Story("e").scripts("a").noTable()))
                .startsWith("The version table alembic_version does not exist, 1 revision behind the head a.");
        assertThat(of(new Story("e").scripts("a").table()))
                .startsWith("The version table public.alembic_version is empty, 1 revision behind the head a.");
    }

    @Test
    void what_the_schema_says_is_what_its_findings_say() {
        Story story = new Story("e").scripts("a b<a").schema("a").table("b");
        assertThat(of(story)).endsWith(" Its schema agrees.");
        assertThat(of(story, finding(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA, Severity.ERROR, "a")))
                .endsWith(" Its schema is that of a, at least 1 revision behind.");
        assertThat(of(story, finding(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA, Severity.ERROR)))
                .endsWith(" Its schema is that of the base: nothing ran.");
        assertThat(of(story, finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, "a")))
                .endsWith(" Its schema matches no point in the history.");
        assertThat(of(story, finding(DivergenceCode.STAMP_UNCONFIRMED, Severity.WARNING)))
                .endsWith(" Its schema leaves doubts: stamp-unconfirmed.");
    }

    @Test
    void an_error_makes_it_bad_and_a_warning_makes_it_due() {
        Story head = new Story("e").scripts("a").schema("a").table("a");
        assertThat(state(head).tone()).isEqualTo("good");
        assertThat(state(head).word()).isEqualTo("at head");
        assertThat(state(head, finding(DivergenceCode.STAMP_UNCONFIRMED, Severity.WARNING)).tone()).isEqualTo("due");
        assertThat(state(head, finding(DivergenceCode.SCHEMA_HOLE, Severity.ERROR)).tone()).isEqualTo("bad");
        assertThat(state(new Story("e").scripts("a b<a").table("a")).tone()).isEqualTo("due");
        assertThat(state(new Story("e").scripts("a b<a").table("zz")).tone()).isEqualTo("bad");
    }

    private static String of(Story story, Divergence... open) {
        StateSentence state = state(story, open);
        return state.stamp() + " " + state.schema();
    }

    private static StateSentence state(Story story, Divergence... open) {
        return StateSentence.of(EnvironmentListItem.of(story.view()), List.of(open),
                story.view().schemaForm() != null,
                rows -> story.view().graph().distance(rows, story.view().graph().heads()));
    }

    private static Divergence finding(DivergenceCode code, Severity severity, String... revisions) {
        return new Divergence(UUID.randomUUID(), "navbot", "e", code, "", severity, "…",
                Stream.of(revisions).map(Exhibit::revision).toList(), List.of(), Story.NOON, Story.NOON, null,
                Divergence.State.OPEN, null);
    }
}
