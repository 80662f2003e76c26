package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.contracts.audit.AuditActor;
import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditEvidence;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.ledger.audit.facts.EventFacts;
import dev.migrationledger.ledger.recording.store.PositionedEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the entry of an event. Pure. */
final class EntryFactory {

    /** Of the sentence; a command line may be endless. */
    private static final int LONGEST_TEXT = 400;

    private static final int LONGEST_STATEMENT = 2_000;

    /** Objects by which an entry is found. */
    private static final int MOST_OBJECTS = 200;

    private final Runs runs;
    private final Function<String, List<String>> names;

    /**
     * @param names of a person, as issuers gave them: the name first, then addresses of mail
     */
    EntryFactory(Runs runs, Function<String, List<String>> names) {
        this.runs = runs;
        this.names = names;
    }

    /** What is known of runs. An environment's runs are its own: another one cannot claim them. */
    interface Runs {
        KnownRun of(String project, String environment, UUID run);
    }

    /** The run that an event belongs to: it names it, or the captured session does. */
    static @Nullable UUID run(EventFacts facts) {
        Attribution.Actor session = session(facts);
        return facts.run() != null || session == null
                ? facts.run()
                : RunClaim.runOf(session.applicationName()).orElse(null);
    }

    /** @param labels of the environment when the event was recorded */
    IndexedEntry of(PositionedEvent positioned, Map<String, String> labels) {
        RecordedEvent recorded = positioned.event();
        EventFacts found = EventFacts.of(recorded.event());
        UUID run = run(found);
        EventFacts facts = HiddenSecrets.of(found);
        KnownRun known = known(recorded, run);
        AuditActor actor = actor(facts, recorded.origin(), known);
        String kind = AuditKeys.kind(EventCatalogue.nameOf(recorded.event().getClass()));
        AuditEntry entry = new AuditEntry(positioned.position(), recorded.eventId(), kind, recorded.project(),
                recorded.environment(), HiddenSecrets.of(labels), actor, shortened(facts.text(), LONGEST_TEXT),
                first(facts.revisions()), evidence(facts.evidence()), run, recorded.occurredAt(),
                recorded.recordedAt(), recorded.origin(), EntryLinks.of(positioned.position(), recorded, facts, run));
        return new IndexedEntry(entry, tokens(entry, facts, known), words(entry, facts));
    }

    private KnownRun known(RecordedEvent recorded, @Nullable UUID run) {
        String project = recorded.project();
        String environment = recorded.environment();
        return run == null || project == null || environment == null
                ? KnownRun.NOTHING
                : HiddenSecrets.of(runs.of(project, environment, run));
    }

    private AuditActor actor(EventFacts facts, @Nullable Origin origin, KnownRun run) {
        Attribution.Actor session = session(facts);
        String inWords = session == null ? null : session.inWords();
        String claimed = run.claimed();
        String pipeline = run.pipeline();
        return switch (facts.who()) {
            case EventFacts.Who.TheAgent _ -> new AuditActor(AuditActor.Kind.AGENT,
                    origin == null ? "unknown" : origin.agent(), null, null, null);
            case EventFacts.Who.TheSession _,EventFacts.Who.TheRun _ -> pipeline != null
                    ? new AuditActor(AuditActor.Kind.PIPELINE, pipeline, inWords, claimed, run.ai())
                    : session != null
                            ? new AuditActor(AuditActor.Kind.DATABASE_USER, session.user(), inWords, claimed, run.ai())
                            : facts.who() instanceof EventFacts.Who.TheRun
                                    ? new AuditActor(AuditActor.Kind.RUN, claimed == null ? "unknown" : claimed, null,
                                            claimed, run.ai())
                                    : new AuditActor(AuditActor.Kind.UNKNOWN, "unknown", null, null, null);
            case EventFacts.Who.TheLedger _ -> new AuditActor(AuditActor.Kind.LEDGER, "ledger", null, null, null);
            case EventFacts.Who.ThePerson(String id) -> new AuditActor(AuditActor.Kind.PERSON,
                    names.apply(id).stream().findFirst().orElse(id), null, null, null);
            case EventFacts.Who.ThePipeline(String name) ->
                new AuditActor(AuditActor.Kind.PIPELINE, name, null, claimed, run.ai());
            case EventFacts.Who.AnAgent(String name) ->
                new AuditActor(AuditActor.Kind.AGENT, name, null, claimed, run.ai());
        };
    }

    private List<String> tokens(AuditEntry entry, EventFacts facts, KnownRun run) {
        Set<String> tokens = new LinkedHashSet<>();
        AuditKeys.namesOf(entry.kind()).forEach(name -> tokens.add(SearchTokens.of(AuditKeys.KIND, name)));
        if (entry.project() != null) {
            tokens.add(SearchTokens.of(AuditKeys.PROJECT, entry.project()));
        }
        if (entry.environment() != null) {
            tokens.add(SearchTokens.of(AuditKeys.ENVIRONMENT, entry.environment()));
            tokens.add(SearchTokens.of(AuditKeys.ENVIRONMENT, entry.where()));
        }
        entry.labels().forEach((key, value) -> {
            tokens.add(SearchTokens.of(AuditKeys.LABEL, key));
            tokens.add(SearchTokens.of(AuditKeys.LABEL, key + "=" + value));
        });
        actorTokens(entry.actor(), facts, run, tokens);
        facts.revisions().stream().limit(MOST_OBJECTS)
                .forEach(revision -> tokens.add(SearchTokens.of(AuditKeys.REVISION, revision)));
        if (entry.run() != null) {
            tokens.add(SearchTokens.of(AuditKeys.RUN, entry.run().toString()));
        }
        if (entry.origin() != null) {
            tokens.add(SearchTokens.of(AuditKeys.AGENT, entry.origin().agent()));
        }
        Evidence evidence = facts.evidence();
        if (evidence != null) {
            tokens.add(SearchTokens.of(AuditKeys.EVIDENCE, AuditKeys.word(evidence.method())));
        }
        objects(facts).stream().limit(MOST_OBJECTS).forEach(object -> {
            tokens.add(SearchTokens.of(AuditKeys.OBJECT, object));
            tokens.add(SearchTokens.of(AuditKeys.OBJECT, object.substring(object.indexOf('.') + 1)));
        });
        facts.sources().forEach(source -> tokens.add(SearchTokens.of(AuditKeys.SOURCE, source)));
        facts.codes().forEach(code -> tokens.add(SearchTokens.of(AuditKeys.CODE, code)));
        facts.ids().forEach(id -> tokens.add(SearchTokens.of(AuditKeys.ID, id)));
        return List.copyOf(tokens);
    }

    private void actorTokens(AuditActor actor, EventFacts facts, KnownRun run, Set<String> tokens) {
        tokens.add(SearchTokens.of(AuditKeys.ACTOR_KIND, AuditKeys.word(actor.kind())));
        tokens.add(SearchTokens.of(AuditKeys.ACTOR, actor.name()));
        if (facts.who() instanceof EventFacts.Who.ThePerson(String id)) {
            tokens.add(SearchTokens.of(AuditKeys.ACTOR, id));
            names.apply(id).forEach(name -> tokens.add(SearchTokens.of(AuditKeys.ACTOR, name)));
        }
        if (actor.ai() != null) {
            tokens.add(SearchTokens.of(AuditKeys.AI, actor.ai()));
        }
        if (actor.claimed() != null) {
            tokens.add(SearchTokens.of(AuditKeys.ACTOR, actor.claimed()));
            if (run.user() != null) {
                tokens.add(SearchTokens.of(AuditKeys.ACTOR, run.user()));
            }
        }
        Attribution.Actor session = session(facts);
        if (session != null) {
            tokens.add(SearchTokens.of(AuditKeys.ACTOR, session.user()));
            tokens.add(SearchTokens.of(AuditKeys.USER, session.user()));
            if (session.applicationName() != null) {
                tokens.add(SearchTokens.of(AuditKeys.APPLICATION, session.applicationName()));
            }
            if (session.clientAddress() != null) {
                tokens.add(SearchTokens.of(AuditKeys.ADDRESS, session.clientAddress()));
            }
        }
    }

    /** What free text finds. Ids have a key of their own, and would make the words of each block as many as its entries. */
    private static String words(AuditEntry entry, EventFacts facts) {
        List<String> words = new ArrayList<>(SearchWords.of(entry.text()));
        words.addAll(SearchWords.of(entry.kind()));
        words.addAll(SearchWords.of(entry.where()));
        AuditActor actor = entry.actor();
        if (actor.kind() != AuditActor.Kind.DATABASE_USER || entry.run() == null) {
            words.addAll(SearchWords.of(actor.words()));
        } else {
            // Its application name is the id of the run.
            words.addAll(SearchWords.of(actor.name() + " " + (actor.claimed() == null ? "" : actor.claimed())));
        }
        AuditEvidence evidence = entry.evidence();
        if (evidence != null) {
            evidence.objects().forEach(object -> words.addAll(SearchWords.of(object)));
            if (evidence.statement() != null) {
                words.addAll(SearchWords.of(evidence.statement()));
            }
        }
        facts.codes().forEach(code -> words.addAll(SearchWords.of(code)));
        facts.notes().forEach(note -> words.addAll(SearchWords.of(note)));
        facts.objects().stream().limit(MOST_OBJECTS).forEach(object -> words.addAll(SearchWords.of(object)));
        return SearchWords.joined(words);
    }

    private static List<String> objects(EventFacts facts) {
        Attribution attribution = facts.evidence() == null ? null : facts.evidence().attribution();
        List<String> objects = new ArrayList<>(facts.objects());
        if (attribution != null) {
            attribution.objects().forEach(object -> objects.add(object.name()));
        }
        return objects;
    }

    private static @Nullable AuditEvidence evidence(@Nullable Evidence evidence) {
        if (evidence == null) {
            return null;
        }
        Attribution attribution = evidence.attribution();
        if (attribution == null) {
            return new AuditEvidence(evidence.method(), evidence.certainty(), null, List.of(), 0);
        }
        List<String> objects = attribution.objects().stream()
                .map(object -> "%s %s %s".formatted(object.touch().name().toLowerCase(Locale.ROOT), object.kind(),
                        object.name()))
                .toList();
        String statement = attribution.statement();
        return new AuditEvidence(evidence.method(), evidence.certainty(),
                statement == null ? null : shortened(statement, LONGEST_STATEMENT), first(objects),
                objects.size() - first(objects).size());
    }

    private static Attribution.@Nullable Actor session(EventFacts facts) {
        Attribution attribution = facts.evidence() == null ? null : facts.evidence().attribution();
        return attribution == null ? null : attribution.actor();
    }

    private static List<String> first(List<String> all) {
        return all.size() <= AuditEntry.MOST ? all : all.subList(0, AuditEntry.MOST);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }
}
