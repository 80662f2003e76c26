package dev.migrationledger.ledger.webhook.matter;

import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.contracts.webhook.WebhookKind;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an event says about a matter that webhooks report. Pure.
 *
 * @param matter names it, the same from its begin to its end, and when it begins again
 * @param project or the pattern of the projects that it concerns
 * @param environment absent: it concerns the whole project
 * @param open whether it is so now; or it ended
 * @param facets what is wrong; another one makes it worse
 * @param code of a divergence
 * @param severity of a divergence
 * @param sentence absent: the one before still says it
 * @param at when it happened
 * @param begun when it began, where it is open
 * @param position of the event in the log
 * @param path of the page that shows it
 */
public record MatterReport(
        String matter, WebhookKind kind, String project, @Nullable String environment, boolean open,
        Set<String> facets, @Nullable String code, @Nullable Severity severity, @Nullable String sentence, Instant at,
        @Nullable Instant begun, long position, String path) {

    public MatterReport {
        facets = Collections.unmodifiableSet(new TreeSet<>(facets));
    }

    /** Messages that concern one scope keep their order. */
    public String scope() {
        return project + "/" + (environment == null ? "" : environment);
    }

    /** The same, with the sentence of an earlier one if it has none. */
    MatterReport after(MatterReport before) {
        return sentence != null
                ? this
                : new MatterReport(matter, kind, project, environment, open, facets, code, severity, before.sentence,
                        at, begun, position, path);
    }

    private MatterReport ended() {
        return new MatterReport(matter, kind, project, environment, false, facets, code, severity, sentence, at, begun,
                position, path);
    }

    /** As it is for a webhook: what is less severe than it asks for has ended. */
    MatterReport seenBy(Webhook webhook) {
        return severity != null && severity.compareTo(webhook.severity()) > 0 ? ended() : this;
    }

    /** What is about no project may name others than a webhook of one may know. */
    private boolean isAboutProjects() {
        return kind != WebhookKind.TAMPERING_FOUND;
    }

    /**
     * Whether a webhook is about it.
     *
     * @param labels of its environment
     */
    boolean concerns(Webhook webhook, Map<String, String> labels) {
        return webhook.kinds().contains(kind)
                && !at.isBefore(webhook.since())
                && (AgentKey.covers(webhook.project(), project)
                        || (isAboutProjects() && AgentKey.covers(project, webhook.project())))
                && (environment == null || (AgentKey.covers(webhook.environment(), environment)
                        && labels.entrySet().containsAll(webhook.labels().entrySet())));
    }
}
