package dev.migrationledger.contracts.audit;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recorded event, for people who ask who did what.
 *
 * @param position its place in the order of all events; for good
 * @param kind its name in the event catalogue without family and version, such as {@code revision-stamped}
 * @param project absent where the event concerns all projects
 * @param environment absent where the event concerns a whole project
 * @param labels of the environment when the event was recorded
 * @param text what happened, in one sentence
 * @param revisions that it is about, at most {@link #MOST}
 * @param evidence how the agent knows; absent where nothing had to be concluded
 * @param run the run of a migration command that it belongs to; absent: none is known
 * @param occurredAt when it happened, and how well that is known
 * @param origin the agent that reported it; absent for what the ledger itself decided
 * @param links where to read on
 */
public record AuditEntry(
        long position, UUID event, String kind, @Nullable String project, @Nullable String environment,
        Map<String, String> labels, AuditActor actor, String text, List<String> revisions,
        @Nullable AuditEvidence evidence, @Nullable UUID run, Occurrence occurredAt, Instant recordedAt,
        @Nullable Origin origin, List<AuditLink> links) {

    /** Of revisions and of touched objects. */
    public static final int MOST = 20;

    public AuditEntry {
        labels = Map.copyOf(labels);
        revisions = List.copyOf(revisions);
        links = List.copyOf(links);
    }

    /** {@code project/environment}, the project alone, or {@code all projects}. */
    public String where() {
        return project == null ? "all projects" : environment == null ? project : project + "/" + environment;
    }
}
