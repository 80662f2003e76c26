package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.audit.facts.EventFacts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hides in an entry what looks like a secret. Agents hide it before they send it; an older or another one may not. Entries are stored without secrets:
 * pages, answers, files and searches then have none.
 */
final class HiddenSecrets {

    private HiddenSecrets() {}

    static EventFacts of(EventFacts facts) {
        Evidence evidence = facts.evidence();
        return new EventFacts(Redaction.of(facts.text()), of(facts.who()), each(facts.revisions()), facts.run(),
                evidence == null ? null : of(evidence), each(facts.ids()), each(facts.codes()),
                each(facts.sources()), each(facts.objects()), each(facts.notes()));
    }

    static KnownRun of(KnownRun run) {
        return new KnownRun(maybe(run.user()), maybe(run.host()), maybe(run.ai()), maybe(run.pipeline()));
    }

    /** A label's name may say that its value is a secret. */
    static Map<String, String> of(Map<String, String> labels) {
        Map<String, String> hidden = new TreeMap<>();
        labels.forEach((key, value) -> hidden.put(key, Redaction.of(key, value)));
        return hidden;
    }

    private static EventFacts.Who of(EventFacts.Who who) {
        return switch (who) {
            case EventFacts.Who.TheAgent _,EventFacts.Who.TheSession _,EventFacts.Who.TheRun _ -> who;
            case EventFacts.Who.TheLedger _ -> who;
            // The ledger knows people by an id of its own.
            case EventFacts.Who.ThePerson _ -> who;
            case EventFacts.Who.ThePipeline(String name) -> new EventFacts.Who.ThePipeline(Redaction.of(name));
            case EventFacts.Who.AnAgent(String name) -> new EventFacts.Who.AnAgent(Redaction.of(name));
        };
    }

    /** Clues are shown nowhere in an entry. */
    private static Evidence of(Evidence evidence) {
        Attribution attribution = evidence.attribution();
        return attribution == null
                ? evidence
                : new Evidence(evidence.method(), evidence.certainty(), evidence.clues(),
                        new Attribution(maybe(attribution.actor()), maybe(attribution.statement()),
                                attribution.objects().stream()
                                        .map(it -> new Attribution.TouchedObject(it.touch(), Redaction.of(it.kind()),
                                                Redaction.of(it.name())))
                                        .toList()));
    }

    private static Attribution.@Nullable Actor maybe(Attribution.@Nullable Actor actor) {
        return actor == null
                ? null
                : new Attribution.Actor(Redaction.of(actor.user()), maybe(actor.applicationName()),
                        maybe(actor.clientAddress()), actor.pid(), actor.transaction());
    }

    private static @Nullable String maybe(@Nullable String text) {
        return text == null ? null : Redaction.of(text);
    }

    /** Each by itself: they are names, not the words of one command. */
    private static List<String> each(List<String> texts) {
        return texts.stream().map(text -> Redaction.of(text)).toList();
    }
}
