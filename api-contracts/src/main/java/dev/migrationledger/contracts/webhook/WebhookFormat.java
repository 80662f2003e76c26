package dev.migrationledger.contracts.webhook;

/** What the body of a message looks like. */
public enum WebhookFormat {
    /** A {@link WebhookMessage}. */
    JSON,
    /** {@code {"text": …}}, as incoming webhooks of Slack, Mattermost and Google Chat take it. */
    CHAT
}
