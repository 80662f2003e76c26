package dev.migrationledger.agent.inference.round;

import dev.migrationledger.agent.database.observation.Observation;
import dev.migrationledger.agent.inference.poll.SchemaBaseline;
import dev.migrationledger.agent.inference.poll.SchemaDelta;
import dev.migrationledger.agent.inference.poll.VersionTableSnapshot;
import dev.migrationledger.agent.publish.PublishedScripts;
import dev.migrationledger.agent.spool.ObservedFact;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one round has to say. Pure: the clock's time, the look and the scripts come in, facts and what is to be remembered come
 * out.
 *
 * @param look what to remember of the database; absent where nothing was ever seen
 * @param scripts what the ledger knows of the scripts then
 * @param table what the ledger knows of the version table then
 * @param capture up to where captured changes are told then; absent where nothing is captured
 * @param schema what is known of the schema then
 */
public record Round(
        List<ObservedFact> facts,
        @Nullable LastObservation look,
        PublishedScripts scripts,
        @Nullable VersionTable table,
        @Nullable CapturePosition capture,
        SchemaMemory schema) {
    public Round {
        facts = List.copyOf(facts);
    }

    /**
     * What was known before a round.
     *
     * @param look the last; absent before the first
     * @param scripts that the ledger was told; absent: nothing
     * @param table that the ledger was told; absent: nothing
     * @param capture up to where captured changes were told; absent: none were
     */
    public record Before(
            @Nullable LastObservation look,
            @Nullable PublishedScripts scripts,
            @Nullable VersionTable table,
            @Nullable CapturePosition capture,
            SchemaMemory schema) {

        /** Before the first round. */
        public static final Before NOTHING = new Before(null, null, null, null, SchemaMemory.NOTHING);
    }

    /**
     * What is remembered of the schema.
     *
     * @param known as it was read last; absent: it never was
     * @param published fingerprint that the ledger was told; absent: none
     */
    public record SchemaMemory(
            @Nullable SchemaBaseline known, @Nullable Fingerprint published) {

        /** Before the first reading. */
        public static final SchemaMemory NOTHING = new SchemaMemory(null, null);

        /** For the next look to say whether the schema has to be read; absent: in any case. */
        public @Nullable Fingerprint mark(List<String> scope) {
            return known == null || !known.isComparable() || !known.fingerprint().equals(published)
                    || !known.scope().equals(scope) ? null : known.mark();
        }
    }

    /**
     * A time in which nothing was seen.
     *
     * @param since where nothing is remembered from before
     */
    public record Outage(Instant since, String reason) {}

    /**
     * A round in which the database could not be seen: only the scripts have news.
     *
     * @param now by the agent's clock
     */
    public static Round withoutLook(Before before, ScriptsReading scripts, Instant now) {
        return new Round(
                news(before, scripts, now), before.look, scripts.published(), before.table, before.capture,
                before.schema);
    }

    /**
     * A round in which the database was seen.
     *
     * @param target the version table as configured
     * @param scope the schemas that are watched; empty: all
     * @param outage that ended with this look; absent: there was none
     * @param asked when the look began, by the agent's clock: what was committed since then it may not have seen
     * @param now by the agent's clock
     */
    public static Round of(
            Before before, Observation look, String target, List<String> scope, ScriptsReading scripts,
            @Nullable Outage outage,
            Instant asked, Instant now) {
        LastObservation last = before.look;
        VersionTableSnapshot seen = new VersionTableSnapshot(look.table(), look.rows());
        LastObservation next = new LastObservation(asked, target, look.database(), seen, look.mark());
        LastObservation same = last != null && last.target().equals(target) ? last : null;
        LastObservation comparable = same != null && !same.database().differsFrom(look.database()) ? same : null;
        Occurrence window = comparable == null ? Occurrence.noLaterThan(now) : window(comparable.at(), now);
        SchemaDelta schema = SchemaDelta.of(comparable == null ? null : comparable.mark(), before.schema.known, before.schema.published, look, scope);
        ObservedChanges changes = ObservedChanges.of(comparable, before.capture, look, schema, scripts, window, now);

        List<ObservedFact> facts = new ArrayList<>();
        if (outage != null && !changes.complete()) {
            facts.add(gap(last == null ? outage.since : last.at(), now, outage.reason));
        }
        facts.addAll(news(before, scripts, now));
        if (same != null && comparable == null) {
            facts.add(gap(same.at(), now, "Another database answers now; what happened to it before is not known."));
        }
        facts.addAll(changes.facts());
        VersionTable published = changes.table() == null ? before.table : changes.table();
        // The same versions in rows that somebody wrote anew: nothing can be said of it but that it was so.
        boolean rewritten = changes.table() == null && comparable != null
                && !comparable.seen().isSame(seen);
        if (rewritten || !look.table().equals(published)) {
            // Unchanged since the last look: it is reported because the ledger or this version of the agent is new.
            Occurrence when = comparable != null && comparable.seen().isSame(seen)
                    ? Occurrence.noLaterThan(now)
                    : window;
            facts.add(new ObservedFact(new VersionTableObserved(look.table()), when, now));
        }
        for (SchemaObserved event : schema.events()) {
            facts.add(new ObservedFact(event, event.base() == null ? Occurrence.noLaterThan(now) : window, now));
        }
        Fingerprint publishedSchema = schema.events().isEmpty()
                ? before.schema.published
                : schema.events().getLast().fingerprint();
        return new Round(facts, next, scripts.published(), look.table(), changes.capture(),
                new SchemaMemory(schema.known(), publishedSchema));
    }

    private static List<ObservedFact> news(Before before, ScriptsReading scripts, Instant now) {
        List<AgentEvent> news = PublishedScripts.news(before.scripts, scripts.published(), scripts.history());
        return news.stream().map(event -> ObservedFact.noLaterThan(now, event)).toList();
    }

    /** A clock that was moved back leaves no time between the looks; then only the end is known. */
    private static Occurrence window(Instant from, Instant until) {
        return from.isAfter(until) ? Occurrence.noLaterThan(until) : Occurrence.between(from, until);
    }

    private static ObservedFact gap(Instant from, Instant until, String reason) {
        Instant start = from.isAfter(until) ? until : from;
        return new ObservedFact(new ObservationGap(start, until, reason), window(start, until), until);
    }
}
