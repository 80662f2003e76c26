package dev.migrationledger.ledger.webhook.delivery;

import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.webhook.WebhookKind;
import dev.migrationledger.contracts.webhook.WebhookMessage.Change;
import dev.migrationledger.contracts.webhook.WebhookMessage.Notice;
import dev.migrationledger.contracts.webhook.WebhookMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a message says in a chat: a line for what is the same in several environments, and one link. Pure. */
final class ChatText {

    private static final int MOST_LINES = 12;

    private static final int MOST_ENVIRONMENTS = 5;

    private ChatText() {}

    private record Group(WebhookKind kind, Change change, @Nullable String code, @Nullable Severity severity) {}

    /** @param notices all that the message reports, also those that it only counts */
    static List<String> lines(WebhookMessage message, List<Notice> notices) {
        Map<Group, List<Notice>> groups = new LinkedHashMap<>();
        notices.forEach(one -> groups.computeIfAbsent(
                new Group(one.kind(), one.change(), one.code(), one.severity()), _ -> new ArrayList<>()).add(one));
        List<String> lines = new ArrayList<>();
        lines.add(message.data().summary());
        groups.values().stream().limit(MOST_LINES).forEach(group -> lines.add(line(group)));
        if (groups.size() > MOST_LINES) {
            lines.add("… and %d more".formatted(groups.size() - MOST_LINES));
        }
        return lines;
    }

    /** Of the page that shows it all. */
    static String link(List<Notice> notices, String projectLink) {
        List<String> links = notices.stream().map(Notice::link).distinct().toList();
        return links.size() == 1 ? links.getFirst() : projectLink;
    }

    private static String line(List<Notice> group) {
        Notice first = group.getFirst();
        List<String> environments = group.stream().map(Notice::environment).filter(Objects::nonNull).distinct()
                .toList();
        Severity severity = first.severity();
        String what = first.code() == null
                ? first.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                : first.code();
        return "%s %s%s%s: %s".formatted(glyph(first), what,
                severity == null || first.change() == Change.ENDED
                        ? ""
                        : " (%s)".formatted(severity.name().toLowerCase(Locale.ROOT)),
                environments.isEmpty() ? "" : " in " + ListText.and(environments, MOST_ENVIRONMENTS),
                first.sentence()) + (group.size() == 1 ? "" : " (%d times)".formatted(group.size()));
    }

    private static String glyph(Notice notice) {
        return switch (notice.change()) {
            case BEGAN -> notice.severity() == Severity.ERROR ? Glyph.WRONG.sign() : Glyph.ATTENTION.sign();
            case WORSENED -> (notice.severity() == Severity.ERROR ? Glyph.WRONG : Glyph.ATTENTION).with("worse:");
            case ENDED -> Glyph.FINE.with("ended:");
        };
    }
}
