package dev.migrationledger.contracts.webhook;

/** What the body of a message looks like. */
public enum WebhookFormat {
    /** A {@link WebhookMessage}. */
    JSON,
    /** {@code {"text": …}}, as incoming webhooks of Slack, Mattermost and Google Chat take it. */
    CHAT,
    /** An Adaptive Card, as workflows of Microsoft Teams take it. */
    TEAMS,
    /** {@code {"content": …}}, as webhooks of Discord take it. */
    DISCORD
}
