package dev.migrationledger.ledger.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.audit.AuditActor.Kind;
import dev.migrationledger.contracts.audit.AuditActor;
import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditLink;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RunEnded;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.MergeEvent.MergeApproved;
import dev.migrationledger.ledger.recording.store.PositionedEvent;
import dev.migrationledger.ledger.view.Story;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EntryFactoryTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UUID ID = new UUID(3, 4);

    @Test
    void a_person_has_the_name_that_issuers_gave() {
        IndexedEntry entry = entry(new MergeApproved(ID, "https://id.example.org 4711", 3, null), KnownRun.NOTHING);

        assertThat(entry.entry().actor()).isEqualTo(new AuditActor(Kind.PERSON, "Ann", null, null, null));
        assertThat(entry.tokens()).contains("actor=ann", "actor=ann@example.org",
                "actor=https://id.example.org 4711", "actor-kind=person");
    }

    @Test
    void what_a_proved_run_did_is_of_its_pipeline() {
        IndexedEntry entry = entry(new RevisionApplied("a", false, Story.SEEN), KnownRun.NOTHING);
        assertThat(entry.entry().actor().kind()).isEqualTo(Kind.UNKNOWN);
        IndexedEntry proved = entry(
                new RunEnded(ID, 0),
                new KnownRun("ci", "runner", null, "acme/shop"));

        assertThat(proved.entry().actor())
                .isEqualTo(new AuditActor(Kind.PIPELINE, "acme/shop", null, "ci@runner", null));
        assertThat(proved.tokens()).contains("actor-kind=pipeline", "actor=acme/shop", "actor=ci@runner");
    }

    @Test
    void every_revision_has_its_link() {
        AuditEntry entry = entry(new HeadDetected(List.of("a", "b/c"), List.of("a")), KnownRun.NOTHING).entry();

        assertThat(entry.links()).contains(
                new AuditLink(AuditLink.Kind.REVISION, "/projects/navbot/revisions/a", "a"),
                new AuditLink(AuditLink.Kind.REVISION, "/projects/navbot/revisions?id=b%2Fc", "b/c"));
    }

    private static IndexedEntry entry(Event event, KnownRun run) {
        EntryFactory factory = new EntryFactory((_, _, _) -> run, _ -> List.of("Ann", "ann@example.org"));
        return factory.of(new PositionedEvent(7, new RecordedEvent(ID, "navbot", "production", null,
                Occurrence.exactly(NOON), NOON, event)), Map.of());
    }
}
