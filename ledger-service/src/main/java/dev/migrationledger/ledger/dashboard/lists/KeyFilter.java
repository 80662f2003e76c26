package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.core.query.SearchQuery;
import dev.migrationledger.core.query.Term;
import dev.migrationledger.ledger.page.PipelineText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** Which keys of agents, and which trusted pipelines, the box of the agents' list finds. Pure. */
record KeyFilter(SearchQuery query, Instant now) {

    boolean finds(AgentKey key) {
        return holds(new Subject(key.project(), key.environment(), key.name(), AgentsQuery.word(key.status()),
                key.key(), key.enrolled()));
    }

    boolean finds(TrustedPipeline pipeline) {
        return holds(new Subject(pipeline.project(), pipeline.environment(), PipelineText.sentence(pipeline.match()),
                "", pipeline.issuer() + " " + pipeline.by(), pipeline.since()));
    }

    /**
     * What is looked at.
     *
     * @param project where it may act; {@code *} stands for any text
     * @param environment likewise
     */
    private record Subject(
            String project, String environment, String name, String state, String text, Instant since) {}

    private boolean holds(Subject it) {
        return query.terms().stream().allMatch(term -> holds(term, it) != term.negated());
    }

    private boolean holds(Term term, Subject it) {
        return switch (term) {
            case Term.Words words -> String.join(" ", it.project, it.environment, it.name, it.text)
                    .toLowerCase(Locale.ROOT).contains(words.words().toLowerCase(Locale.ROOT));
            case Term.Matches matches -> matches.values().stream().anyMatch(value -> switch (matches.key()) {
                case "project" -> covers(it.project, value);
                case "environment" -> covers(it.environment, value);
                case "agent" -> value.matches(it.name);
                case "state" -> value.matches(it.state);
                // Neither has labels.
                default -> false;
            });
            case Term.During during -> during.values().stream()
                    .map(range -> range.resolve(now, ZoneOffset.UTC)).anyMatch(one -> one.contains(it.since));
            case Term.Counts _ -> false;
        };
    }

    /** Whether it may act there. */
    private static boolean covers(String pattern, Term.Pattern wanted) {
        return wanted.matches(pattern) || (!wanted.prefix() && AgentKey.covers(pattern, wanted.value()));
    }
}
