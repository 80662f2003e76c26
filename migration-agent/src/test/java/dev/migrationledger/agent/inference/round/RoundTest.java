package dev.migrationledger.agent.inference.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.database.observation.VersionRow;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.agent.inference.RevisionFootprints;
import dev.migrationledger.agent.publish.PublishedScripts;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /** What is committed during a poll is found by the next one. */
    @Test
    void a_step_may_have_happened_since_the_poll_before_began() {
        History none = new History("migrations", List.of(), List.of());
        ScriptsReading scripts = new ScriptsReading(none, none.graph(), PublishedScripts.of(none, none.graph(),
                new ToolInvocation(Program.ALEMBIC, null, null, List.of(), false, "/")), RevisionFootprints.NONE,
                List::of, List::of);

        Round first = Round.of(AgentMemory.NOTHING, observed("a"), "alembic_version", List.of(), scripts, START,
                START.plusSeconds(2));
        Round second = Round.of(
                first.memory(), observed("b"),
                "alembic_version", List.of(), scripts, START.plusSeconds(5), START.plusSeconds(6));

        assertThat(second.facts()).filteredOn(fact -> fact.event() instanceof RevisionStamped).singleElement()
                .satisfies(fact -> assertThat(fact.occurredAt())
                        .isEqualTo(Occurrence.between(START, START.plusSeconds(6))));
    }

    private static Observation observed(String row) {
        return new Observation(new VersionTable("public.alembic_version", VersionTable.State.PRESENT, List.of(row)),
                null,
                List.of(), List.of(new VersionRow(row, "tx-" + row, null)), Map.of(), true,
                new Fingerprint(1, "mark"), new SchemaObservation.Unread("not asked"), new LoggedChanges.Absent(),
                List.of("public"),
                new Fingerprint(1, "database"));
    }
}
