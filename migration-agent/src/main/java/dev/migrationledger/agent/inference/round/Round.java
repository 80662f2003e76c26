package dev.migrationledger.agent.inference.round;

import dev.migrationledger.agent.database.capture.LoggedChanges;
import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.inference.poll.SchemaDelta;
import dev.migrationledger.agent.inference.poll.VersionTableSnapshot;
import dev.migrationledger.agent.inference.round.AgentMemory.Captured;
import dev.migrationledger.agent.inference.round.AgentMemory.Observed;
import dev.migrationledger.agent.inference.round.AgentMemory.Outage;
import dev.migrationledger.agent.inference.round.AgentMemory.Published;
import dev.migrationledger.agent.publish.PublishedScripts;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one round. Pure: the clock's time, the observation, the scripts and the memory come in; facts and the next memory
 * come out.
 *
 * @param memory what to remember once the facts are recorded
 */
public record Round(List<ObservedFact> facts, AgentMemory memory) {
    public Round {
        facts = List.copyOf(facts);
    }

    /**
     * A round in which the database could not be observed: only the scripts may have changed.
     *
     * @param now by the agent's clock
     */
    public static Round withoutObservation(AgentMemory before, ScriptsReading scripts, Instant now) {
        Published published = before.published();
        return new Round(scriptEvents(before, scripts, now),
                before.with(new Published(published.epoch(), published.start(),
                        scripts.published(), published.files(), published.table(), published.schema())));
    }

    /**
     * A round in which the database was observed.
     *
     * @param target the version table as configured
     * @param scope the schemas that are watched; empty: all
     * @param asked when the observation began, by the agent's clock: it may miss what was committed since then
     * @param now by the agent's clock
     */
    public static Round of(
            AgentMemory before, Observation observation, String target, List<String> scope, ScriptsReading scripts,
            Instant asked, Instant now) {
        LastObservation last = before.observed().last();
        VersionTableSnapshot seen = new VersionTableSnapshot(observation.table(), observation.rows());
        LastObservation next = new LastObservation(asked, target, observation.database(), seen, observation.mark());
        LastObservation same = last != null && last.target().equals(target) ? last : null;
        LastObservation comparable = same != null && !same.database().differsFrom(observation.database()) ? same : null;
        Occurrence window = comparable == null ? Occurrence.noLaterThan(now) : window(comparable.at(), now);
        SchemaDelta schema = SchemaDelta.of(comparable == null ? null : comparable.mark(), before.observed().schema(),
                before.published().schema(), observation, scope);
        ObservedChanges changes = ObservedChanges.of(comparable, before.captured().position(), observation, schema,
                scripts,
                window, now);

        List<ObservedFact> facts = new ArrayList<>();
        Outage outage = before.observed().outage();
        if (outage != null && !changes.complete()) {
            facts.add(gap(last == null ? outage.since() : last.at(), now, outage.reason()));
        }
        facts.addAll(scriptEvents(before, scripts, now));
        if (same != null && comparable == null) {
            facts.add(gap(same.at(), now, new GapReason.OtherDatabase()));
        }
        facts.addAll(changes.facts());
        VersionTable published = changes.table() == null ? before.published().table() : changes.table();
        // The same versions in rows that were written again: only the state is known, not the change.
        boolean rewritten = changes.table() == null && comparable != null
                && !comparable.seen().isSame(seen);
        if (rewritten || !observation.table().equals(published)) {
            // Unchanged since the last observation: it is reported because the ledger or this version of the agent is new.
            Occurrence when = comparable != null && comparable.seen().isSame(seen)
                    ? Occurrence.noLaterThan(now)
                    : window;
            facts.add(new ObservedFact(new VersionTableObserved(observation.table()), when, now));
        }
        for (SchemaObserved event : schema.events()) {
            facts.add(new ObservedFact(event, event.base() == null ? Occurrence.noLaterThan(now) : window, now));
        }
        Fingerprint publishedSchema = schema.events().isEmpty()
                ? before.published().schema()
                : schema.events().getLast().fingerprint();
        return new Round(facts, new AgentMemory(before.announced(),
                new Observed(next, before.observed().written(), schema.known(), null),
                captured(before.captured(), changes.capture(), observation),
                new Published(before.published().epoch(), before.published().start(), scripts.published(),
                        before.published().files(), observation.table(), publishedSchema)));
    }

    private static Captured captured(Captured before, @Nullable CapturePosition position, Observation observation) {
        CaptureState state = CaptureState.of(observation.captured());
        return position == null
                ? new Captured(before.position(), before.deletable(), state)
                : new Captured(position, before.deletable() || hasChanges(observation), state);
    }

    private static boolean hasChanges(Observation observation) {
        return observation.captured() instanceof LoggedChanges.Read read && !read.transactions().isEmpty();
    }

    private static List<ObservedFact> scriptEvents(AgentMemory before, ScriptsReading scripts, Instant now) {
        List<AgentEvent> scriptEvents = PublishedScripts.delta(before.published().scripts(), scripts.published(),
                scripts.history());
        return scriptEvents.stream().map(event -> ObservedFact.noLaterThan(now, event)).toList();
    }

    /** A clock that was moved back leaves no time between the observations; then only the end is known. */
    private static Occurrence window(Instant from, Instant until) {
        return from.isAfter(until) ? Occurrence.noLaterThan(until) : Occurrence.between(from, until);
    }

    private static ObservedFact gap(Instant from, Instant until, GapReason reason) {
        Instant start = from.isAfter(until) ? until : from;
        return new ObservedFact(new ObservationGap(start, until, reason), window(start, until), until);
    }
}
