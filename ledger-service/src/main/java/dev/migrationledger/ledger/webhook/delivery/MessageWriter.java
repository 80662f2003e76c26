package dev.migrationledger.ledger.webhook.delivery;

import dev.migrationledger.contracts.webhook.Webhook;
import dev.migrationledger.contracts.webhook.WebhookMessage.Change;
import dev.migrationledger.contracts.webhook.WebhookMessage.Content;
import dev.migrationledger.contracts.webhook.WebhookMessage.Notice;
import dev.migrationledger.contracts.webhook.WebhookMessage;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.webhook.matter.Matter;
import dev.migrationledger.ledger.webhook.matter.MatterReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the body of one message of the matters of a project. Pure. */
final class MessageWriter {

    private final String address;

    /** @param address of the ledger's pages, without a slash at its end; empty: links are paths */
    MessageWriter(String address) {
        this.address = address;
    }

    /**
     * About what is due now.
     *
     * @param project or a pattern of several
     * @param matters that have something to report
     */
    String changes(Webhook webhook, String project, List<Matter> matters, Instant now) {
        List<Notice> notices = new ArrayList<>();
        for (Matter matter : matters) {
            matter.change(now).ifPresent(change -> notices.add(notice(matter.newest(), change)));
        }
        @Nullable
        String one = project.contains("*") ? null : project;
        int shown = Math.min(notices.size(), WebhookMessage.MOST_NOTICES);
        Content content = new Content(one, summary(one, notices), notices.subList(0, shown), notices.size() - shown);
        return body(webhook, new WebhookMessage(WebhookMessage.CHANGES, now, content), notices);
    }

    /** With which an administrator tries an address. */
    String test(Webhook webhook, Instant now) {
        String summary = "Messages of the webhook '%s' arrive here.".formatted(webhook.name());
        return body(webhook, new WebhookMessage(WebhookMessage.TEST, now, new Content(null, summary, List.of(), 0)),
                List.of());
    }

    private String body(Webhook webhook, WebhookMessage message, List<Notice> notices) {
        List<String> lines = ChatText.lines(message, notices);
        String link = ChatText.link(notices, projectLink(message));
        return new String(ContractJson.write(switch (webhook.format()) {
            case JSON -> message;
            case CHAT -> ChatBody.slack(lines, link);
            case TEAMS -> ChatBody.teams(lines, link);
            case DISCORD -> ChatBody.discord(lines, link);
        }), StandardCharsets.UTF_8);
    }

    private String projectLink(WebhookMessage message) {
        return address + Optional.ofNullable(message.data().project()).map(project -> "/projects/" + project)
                .orElse("/");
    }

    private Notice notice(MatterReport report, Change change) {
        return new Notice(report.kind(), change, report.environment(), report.code(), report.severity(),
                String.valueOf(report.sentence()), report.at(), report.position(), address + report.path());
    }

    private static String summary(@Nullable String project, List<Notice> notices) {
        Map<Change, Integer> counts = new EnumMap<>(Change.class);
        notices.forEach(notice -> counts.merge(notice.change(), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((change, count) -> parts.add("%d %s".formatted(count, word(change))));
        return "%s: %s.".formatted(project == null ? "All projects" : project, String.join(", ", parts));
    }

    static String word(Change change) {
        return switch (change) {
            case BEGAN -> "new";
            case WORSENED -> "worse";
            case ENDED -> "ended";
        };
    }
}
