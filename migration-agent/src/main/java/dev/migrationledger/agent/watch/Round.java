package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.database.postgresql.Look;
import dev.migrationledger.agent.spool.Fact;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.VersionTable;
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
 */
record Round(
        List<Fact> facts,
        @Nullable LastLook look,
        ToldScripts scripts,
        @Nullable VersionTable table) {
    Round {
        facts = List.copyOf(facts);
    }

    /**
     * What was known before a round.
     *
     * @param look the last; absent before the first
     * @param scripts that the ledger was told; absent: nothing
     * @param table that the ledger was told; absent: nothing
     */
    record Before(
            @Nullable LastLook look,
            @Nullable ToldScripts scripts,
            @Nullable VersionTable table) {

        static final Before NOTHING = new Before(null, null, null);
    }

    /**
     * A time in which nothing was seen.
     *
     * @param since where nothing is remembered from before
     */
    record Blindness(Instant since, String reason) {}

    /**
     * A round in which the database could not be seen: only the scripts have news.
     *
     * @param now by the agent's clock
     */
    static Round withoutLook(Before before, Scripts.Reading scripts, Instant now) {
        return new Round(news(before, scripts, now), before.look, scripts.told(), before.table);
    }

    /**
     * A round in which the database was seen.
     *
     * @param target the version table as configured
     * @param blindness that ended with this look; absent: there was none
     * @param now by the agent's clock
     */
    static Round of(
            Before before, Look look, String target, Scripts.Reading scripts, @Nullable Blindness blindness,
            Instant now) {
        LastLook last = before.look;
        Seen seen = new Seen(look.table(), look.rows());
        LastLook next = new LastLook(now, target, look.database(), seen, look.mark());
        List<Fact> facts = new ArrayList<>();
        if (blindness != null) {
            facts.add(gap(last == null ? blindness.since : last.at(), now, blindness.reason));
        }
        facts.addAll(news(before, scripts, now));

        LastLook comparable = last != null && last.target().equals(target) ? last : null;
        if (comparable != null && !comparable.database().equals(look.database())) {
            facts.add(gap(comparable.at(), now,
                    "Another database answers now; what happened to it before is not known."));
            comparable = null;
        }
        Occurrence window = comparable == null ? Occurrence.noLaterThan(now) : window(comparable.at(), now);
        for (Step step : steps(comparable, seen, look, scripts)) {
            Instant committed = step.committedAt();
            facts.add(new Fact(step.event(), committed == null ? window : Occurrence.exactly(committed), now));
        }
        // The same versions in rows that somebody wrote anew: nothing can be said of it but that it was so.
        boolean rewritten = comparable != null && !comparable.seen().rows().equals(seen.rows());
        if (rewritten || !look.table().equals(before.table)) {
            facts.add(new Fact(new VersionTableObserved(look.table()), window, now));
        }
        return new Round(facts, next, scripts.told(), look.table());
    }

    private static List<Step> steps(
            @Nullable LastLook last, Seen seen, Look look, Scripts.Reading scripts) {
        boolean schemaChanged = last != null && !last.mark().equals(look.mark());
        Traces traces = new Traces(look.traces(), schemaChanged, look.searched());
        return last == null
                ? Steps.atFirst(seen, traces)
                : Steps.between(last.seen(), seen, scripts.graph(), traces);
    }

    private static List<Fact> news(Before before, Scripts.Reading scripts, Instant now) {
        List<AgentEvent> news = ToldScripts.news(before.scripts, scripts.told(), scripts.history());
        return news.stream().map(event -> Fact.noLaterThan(now, event)).toList();
    }

    /** A clock that was moved back leaves no time between the looks; then only the end is known. */
    private static Occurrence window(Instant from, Instant until) {
        return from.isAfter(until) ? Occurrence.noLaterThan(until) : Occurrence.between(from, until);
    }

    private static Fact gap(Instant from, Instant until, String reason) {
        Instant start = from.isAfter(until) ? until : from;
        return new Fact(new ObservationGap(start, until, reason), window(start, until), until);
    }
}
