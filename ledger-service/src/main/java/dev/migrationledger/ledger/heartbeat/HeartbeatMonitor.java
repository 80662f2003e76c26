package dev.migrationledger.ledger.heartbeat;

import dev.migrationledger.core.situation.Observations.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is missed, as one ledger can tell: it must itself have listened all the while. One that was down, asleep or without its
 * database accuses nobody before an agent had its time to speak again. Immutable.
 *
 * @param since from when on this ledger has listened without a pause
 * @param last when it knew last that it did
 * @param patience how long an agent may be silent
 */
public record HeartbeatMonitor(Instant since, Instant last, Duration patience) {

    private static final String MISSED = "missed ";
    private static final String UNCLEAR = "unclear ";

    /** A ledger that begins to listen. */
    public static HeartbeatMonitor startedAt(Instant now, Duration patience) {
        return new HeartbeatMonitor(now, now, patience);
    }

    /** A clock that is put right by so much has not been wrong. */
    static final Duration CLOCK_CORRECTION = Duration.ofMinutes(1);

    /** It listens still; after too long a pause, and where its clock was set back, it begins again. */
    public HeartbeatMonitor continuedAt(Instant now) {
        boolean paused = Duration.between(last, now).compareTo(patience.dividedBy(2)) > 0;
        return new HeartbeatMonitor(paused || isAhead(last, now) ? now : since, now, patience);
    }

    /** What can be said about an environment's agents. */
    public sealed interface Presence {

        /** At least one is there, or nobody has to be. */
        record Present() implements Presence {}

        /** All that watch are missed. */
        record Missing(Silence silence) implements Presence {}

        /** This ledger has not listened for long enough to say. */
        record Unknown() implements Presence {}
    }

    /**
     * Whether an environment is watched by anybody. Whoever was heard just now was there, even if nothing else is known of it: the
     * events of an agent may have been forgotten.
     *
     * @param lastHeartbeats when each of its agents was heard last
     * @param watching agents that have not said that they stopped
     */
    public Presence presence(Map<String, Instant> lastHeartbeats, Set<String> watching) {
        Map<String, Instant> agents = corrected(lastHeartbeats);
        if (agents.values().stream().anyMatch(heartbeat -> !isOverdue(heartbeat))) {
            return new Presence.Present();
        }
        Optional<Map.Entry<String, Instant>> latest = agents.entrySet().stream()
                .filter(entry -> watching.contains(entry.getKey()))
                .max(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
        if (latest.isEmpty()) {
            return new Presence.Present();
        }
        Instant heartbeat = latest.get().getValue();
        if (last.isBefore(since.plus(patience))) {
            return new Presence.Unknown();
        }
        return new Presence.Missing(new Silence(latest.get().getKey(), heartbeat, heartbeat.plus(patience)));
    }

    /**
     * Names what {@link #presence} depends on besides the events: as long as it is the same, there is nothing to evaluate again. Empty
     * while somebody is there.
     */
    public String silenceDigest(Map<String, Instant> lastHeartbeats) {
        Optional<Instant> latest = corrected(lastHeartbeats).values().stream().max(Comparator.naturalOrder());
        if (latest.isEmpty() || !isOverdue(latest.get())) {
            return "";
        }
        return (last.isBefore(since.plus(patience)) ? UNCLEAR : MISSED) + latest.get();
    }

    /**
     * Whether an environment was evaluated by what is known now of its silence. Of several ledgers, one that has not listened for long enough keeps what
     * another one found: otherwise both would evaluate in turns until the first can tell, too.
     *
     * @param evaluated digest of the silence by which it was evaluated; absent: it never was
     */
    public boolean isEvaluated(Map<String, Instant> lastHeartbeats, @Nullable String evaluated) {
        String now = silenceDigest(lastHeartbeats);
        return now.equals(evaluated)
                || (now.startsWith(UNCLEAR) && (MISSED + now.substring(UNCLEAR.length())).equals(evaluated));
    }

    private boolean isOverdue(Instant heartbeat) {
        return heartbeat.plus(patience).isBefore(last);
    }

    /** Who was heard in what is the future now was heard before the clock was set back: not later than this began to listen. */
    public Map<String, Instant> corrected(Map<String, Instant> lastHeartbeats) {
        Map<String, Instant> agents = new TreeMap<>(lastHeartbeats);
        agents.replaceAll((_, heartbeat) -> isAhead(heartbeat, last) ? since : heartbeat);
        return agents;
    }

    static boolean isAhead(Instant one, Instant other) {
        return Duration.between(other, one).compareTo(CLOCK_CORRECTION) > 0;
    }
}
