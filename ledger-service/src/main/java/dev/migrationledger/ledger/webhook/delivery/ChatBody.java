package dev.migrationledger.ledger.webhook.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The lines of a message as each chat takes them. A text of a database must neither make a link nor notify everyone. Pure.
 */
final class ChatBody {

    /** Slack notifies everyone of these words. */
    private static final Pattern EVERYONE = Pattern.compile("@(?=channel|here|all|everyone)", Pattern.CASE_INSENSITIVE);

    /** What Discord reads as format. */
    private static final Pattern FORMAT = Pattern.compile("[\\\\*_~`|>\\[\\]()#<-]");

    /** Discord refuses more. */
    private static final int LONGEST = 2_000;

    private ChatBody() {}

    /** One text, escaped for Slack. */
    static Map<String, Object> slack(List<String> lines, String link) {
        String text = lines.stream()
                .map(line -> EVERYONE.matcher(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
                        .replaceAll("@\u200B"))
                .collect(Collectors.joining("\n"));
        return Map.of("text", text + "\n" + link);
    }

    /** Notifies no one, and shows each character as it is. */
    static Map<String, Object> discord(List<String> lines, String link) {
        List<String> shown = new ArrayList<>();
        int left = LONGEST - link.length() - 1;
        for (String line : lines) {
            String escaped = FORMAT.matcher(line).replaceAll("\\\\$0");
            if (escaped.length() + 1 > left - 2) {
                shown.add("…");
                break;
            }
            shown.add(escaped);
            left -= escaped.length() + 1;
        }
        shown.add(link);
        return Map.of("content", String.join("\n", shown), "allowed_mentions", Map.of("parse", List.of()));
    }

    /** Runs of text have no format in an Adaptive Card. A link has to be absolute. */
    static Map<String, Object> teams(List<String> lines, String link) {
        List<Object> body = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            body.add(Map.of("type", "RichTextBlock", "inlines", List.of(i == 0
                    ? Map.of("type", "TextRun", "text", lines.get(i), "weight", "Bolder")
                    : Map.of("type", "TextRun", "text", lines.get(i)))));
        }
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        card.put("body", body);
        if (link.startsWith("https://") || link.startsWith("http://")) {
            card.put("actions", List.of(Map.of("type", "Action.OpenUrl", "title", "Open the ledger", "url", link)));
        }
        return Map.of("type", "message", "attachments", List.of(
                Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card)));
    }
}
