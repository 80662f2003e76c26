package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Schema changes in transactions of their own, until the session that made them writes a row. A migration with a concurrent
 * index commits, makes the index, and writes its row in yet another transaction.
 */
final class Sessions {

    /** A migration writes its row when its last statement is done. Process numbers and pooled sessions are used again. */
    private static final Duration SOON = Duration.ofMinutes(1);

    private static final int MOST = 50;

    private final Map<Session, List<CapturedChange>> bySession = new LinkedHashMap<>();

    private record Session(
            String user, @Nullable String applicationName, @Nullable String clientAddress, int pid) {
        static Session of(Actor actor) {
            return new Session(actor.user(), actor.applicationName(), actor.clientAddress(), actor.pid());
        }
    }

    void keep(CapturedChange change) {
        bySession.computeIfAbsent(Session.of(change.actor()), _ -> new ArrayList<>()).add(change);
    }

    /** What this session did to the schema just before it wrote this row. It is this row's alone. */
    List<TouchedObject> claimedBy(CapturedChange row) {
        List<CapturedChange> kept = bySession.remove(Session.of(row.actor()));
        if (kept == null || kept.getLast().changedAt().plus(SOON).isBefore(row.changedAt())) {
            return List.of();
        }
        return kept.stream().flatMap(change -> change.objects().stream()).toList();
    }

    /** The latest of what no row claimed, without what nobody will ask of them. */
    List<CapturedChange> unclaimed() {
        List<CapturedChange> rest = bySession.values().stream().flatMap(List::stream).map(Sessions::bare).toList();
        return rest.subList(Math.max(0, rest.size() - MOST), rest.size());
    }

    private static CapturedChange bare(CapturedChange change) {
        return new CapturedChange(change.id(), change.operation(), null, null, change.actor(), null, Map.of(), Map.of(),
                Map.of(),
                change.objects(), List.of(), false, change.changedAt());
    }
}
