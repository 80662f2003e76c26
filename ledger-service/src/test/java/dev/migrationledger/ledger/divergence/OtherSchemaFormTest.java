package dev.migrationledger.ledger.divergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.ledger.divergence.project.RuleResult;
import dev.migrationledger.ledger.heartbeat.HeartbeatMonitor.Presence;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.view.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the ledger says of a database whose agent is of another version than it. */
class OtherSchemaFormTest {

    private final Story story = new Story("production").scripts("a b<a").files("versions", "a", "b").table("b");

    @Test
    void a_schema_behind_its_stamp_is_found_in_one_form_and_not_evaluated_in_another() {
        story.schema("a");
        assertThat(evaluate().findings()).extracting(Finding::code)
                .contains(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA);

        story.says(new SchemaObserved(new Fingerprint(99, "f"), null, List.of(), List.of(), "public", 0));
        assertThat(evaluate().findings()).extracting(Finding::code)
                .doesNotContain(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA);
        assertThat(evaluate().evaluated()).doesNotContain(
                DivergenceCode.STAMPED_AHEAD_OF_SCHEMA, DivergenceCode.UNTRACKED_OBJECTS,
                DivergenceCode.STAMPED_NOT_RUN, DivergenceCode.UPGRADE_FAILS)
                .contains(DivergenceCode.UNKNOWN_REVISION, DivergenceCode.MULTIPLE_HEADS);
    }

    private RuleResult evaluate() {
        SchemaView schema = SchemaView.empty("shop", "production").after(story.events());
        return EnvironmentEvaluator.evaluate(story.view(), schema, new Presence.Unknown());
    }
}
