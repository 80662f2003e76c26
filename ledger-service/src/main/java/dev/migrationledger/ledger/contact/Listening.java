package dev.migrationledger.ledger.contact;

import dev.migrationledger.core.situation.Observations.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who is missed, as one ledger can tell: it must itself have listened all the while. One that was down, asleep or without its
 * database accuses nobody before an agent had its time to speak again. Immutable.
 *
 * @param since from when on this ledger has listened without a pause
 * @param last when it knew last that it did
 * @param patience how long an agent may be silent
 */
public record Listening(Instant since, Instant last, Duration patience) {

    /** A ledger that begins to listen. */
    public static Listening from(Instant now, Duration patience) {
        return new Listening(now, now, patience);
    }

    /** A clock that is put right by so much has not been wrong. */
    private static final Duration PUT_RIGHT = Duration.ofMinutes(1);

    /** It listens still; after too long a pause, and where its clock was set back, it begins anew. */
    public Listening still(Instant now) {
        boolean paused = Duration.between(last, now).compareTo(patience.dividedBy(2)) > 0;
        return new Listening(paused || isAhead(last, now) ? now : since, now, patience);
    }

    /** What can be said about an environment's agents. */
    public sealed interface Presence {

        /** At least one is there, or nobody has to be. */
        record Heard() implements Presence {}

        /** All that watch are missed. */
        record Missed(Silence silence) implements Presence {}

        /** This ledger has not listened for long enough to say. */
        record Unclear() implements Presence {}
    }

    /**
     * Whether an environment is watched by anybody. Whoever was heard just now was there, even if nothing else is known of it: the
     * events of an agent may have been forgotten.
     *
     * @param heard when each of its agents was heard last
     * @param watching agents that have not said that they stopped
     */
    public Presence presence(Map<String, Instant> heard, Set<String> watching) {
        Map<String, Instant> agents = asHeard(heard);
        if (agents.values().stream().anyMatch(spoke -> !isOverdue(spoke))) {
            return new Presence.Heard();
        }
        Optional<Map.Entry<String, Instant>> latest = agents.entrySet().stream()
                .filter(entry -> watching.contains(entry.getKey()))
                .max(Map.Entry.<String, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
        if (latest.isEmpty()) {
            return new Presence.Heard();
        }
        Instant spoke = latest.get().getValue();
        if (last.isBefore(since.plus(patience))) {
            return new Presence.Unclear();
        }
        return new Presence.Missed(new Silence(latest.get().getKey(), spoke, spoke.plus(patience)));
    }

    /**
     * Names what {@link #presence} depends on besides the events: as long as it is the same, there is nothing to judge anew. Empty
     * while somebody is there.
     */
    public String mark(Map<String, Instant> heard) {
        Optional<Instant> latest = asHeard(heard).values().stream().max(Comparator.naturalOrder());
        if (latest.isEmpty() || !isOverdue(latest.get())) {
            return "";
        }
        return (last.isBefore(since.plus(patience)) ? "unclear " : "missed ") + latest.get();
    }

    private boolean isOverdue(Instant spoke) {
        return spoke.plus(patience).isBefore(last);
    }

    /** Who was heard in what is the future now was heard before the clock was set back: not later than this began to listen. */
    public Map<String, Instant> asHeard(Map<String, Instant> heard) {
        Map<String, Instant> agents = new TreeMap<>(heard);
        agents.replaceAll((_, spoke) -> isAhead(spoke, last) ? since : spoke);
        return agents;
    }

    static boolean isAhead(Instant one, Instant other) {
        return Duration.between(other, one).compareTo(PUT_RIGHT) > 0;
    }
}
