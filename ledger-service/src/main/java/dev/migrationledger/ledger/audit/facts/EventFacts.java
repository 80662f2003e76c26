package dev.migrationledger.ledger.audit.facts;

import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.LedgerEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an event says, whatever its family.
 *
 * @param text what happened, in one sentence that begins with a verb in the past
 * @param revisions that it is about
 * @param run that it belongs to, as it names it itself
 * @param evidence absent where nothing had to be concluded
 * @param ids of what it is about: a deploy, a merge, a finding …
 * @param codes of findings
 * @param sources of scripts
 * @param objects of the schema
 * @param notes further texts that people may search for
 */
public record EventFacts(
        String text, Who who, List<String> revisions, @Nullable UUID run, @Nullable Evidence evidence,
        List<String> ids, List<String> codes, List<String> sources, List<String> objects, List<String> notes) {

    /** So many names fit into a sentence. */
    static final int NAMED = 3;

    public EventFacts {
        revisions = List.copyOf(revisions);
        ids = List.copyOf(ids);
        codes = List.copyOf(codes);
        sources = List.copyOf(sources);
        objects = List.copyOf(objects);
        notes = List.copyOf(notes);
    }

    /** Who an event names as the one who did it. */
    public sealed interface Who {
        /** The agent that sent it. */
        record TheAgent() implements Who {}

        /** The database session in the evidence; without one, no one knows. */
        record TheSession() implements Who {}

        /** Who started the run. */
        record TheRun() implements Who {}

        record TheLedger() implements Who {}

        /** A person as the ledger knows them. */
        record ThePerson(String id) implements Who {}

        /** A pipeline as the ledger knows it. */
        record ThePipeline(String name) implements Who {}

        /** An agent that asks and is not the event's origin. */
        record AnAgent(String name) implements Who {}
    }

    /** What an event says. */
    public static EventFacts of(Event event) {
        return switch (event) {
            case AgentEvent it -> AgentFacts.of(it);
            case LedgerEvent it -> LedgerFacts.of(it);
        };
    }

    static EventFacts of(String text, Who who) {
        return new EventFacts(text, who, List.of(), null, null, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    static EventFacts by(String person, String text) {
        return of(text, new Who.ThePerson(person));
    }

    static EventFacts byTheAgent(String text) {
        return of(text, new Who.TheAgent());
    }

    static EventFacts byTheLedger(String text) {
        return of(text, new Who.TheLedger());
    }

    EventFacts revisions(List<String> more) {
        return new EventFacts(text, who, plus(revisions, more), run, evidence, ids, codes, sources, objects, notes);
    }

    EventFacts run(@Nullable UUID one) {
        return new EventFacts(text, who, revisions, one, evidence, ids, codes, sources, objects, notes);
    }

    EventFacts evidence(Evidence one) {
        return new EventFacts(text, who, revisions, run, one, ids, codes, sources, objects, notes);
    }

    EventFacts id(@Nullable Object one) {
        return one == null
                ? this
                : new EventFacts(text, who, revisions, run, evidence, plus(ids, List.of(one.toString())), codes,
                        sources, objects, notes);
    }

    EventFacts code(String one) {
        return new EventFacts(text, who, revisions, run, evidence, ids, plus(codes, List.of(one)), sources, objects,
                notes);
    }

    EventFacts source(String one) {
        return new EventFacts(text, who, revisions, run, evidence, ids, codes, plus(sources, List.of(one)),
                objects, notes);
    }

    EventFacts objects(List<String> some) {
        return new EventFacts(text, who, revisions, run, evidence, ids, codes, sources, plus(objects, some), notes);
    }

    EventFacts note(@Nullable String one) {
        return one == null
                ? this
                : new EventFacts(text, who, revisions, run, evidence, ids, codes, sources, objects,
                        plus(notes, List.of(one)));
    }

    /** People who read a sentence need no fractions of a second. */
    static Instant second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    EventFacts notes(List<String> some) {
        return new EventFacts(text, who, revisions, run, evidence, ids, codes, sources, objects, plus(notes, some));
    }

    private static List<String> plus(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
