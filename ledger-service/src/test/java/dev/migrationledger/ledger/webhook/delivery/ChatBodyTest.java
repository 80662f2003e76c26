package dev.migrationledger.ledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.wire.ContractJson;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatBodyTest {

    private static final List<String> LINES = List.of("navbot: 1 new.",
            "✕ a_b *in* [x](https://evil.example) @everyone <b>");
    private static final String LINK = "https://ledger.example.org/projects/navbot";

    @Test
    void slack_gets_no_links_and_notifies_no_one() {
        assertThat(ChatBody.slack(LINES, LINK)).containsEntry("text",
                "navbot: 1 new.\n✕ a_b *in* [x](https://evil.example) @\u200Beveryone &lt;b&gt;\n" + LINK);
    }

    @Test
    void discord_shows_format_as_text_and_notifies_no_one() {
        assertThat(ChatBody.discord(LINES, LINK)).containsEntry("content",
                "navbot: 1 new.\n✕ a\\_b \\*in\\* \\[x\\]\\(https://evil.example\\) @everyone \\<b\\>\n" + LINK)
                .containsEntry("allowed_mentions", Map.of("parse", List.of()));
    }

    @Test
    void a_message_to_discord_is_never_too_long_and_keeps_its_link() {
        String content = (String) ChatBody.discord(Collections.nCopies(12, "x_".repeat(100)), LINK).get("content");
        assertThat(content).hasSizeLessThanOrEqualTo(2_000).hasSizeGreaterThan(1_500).endsWith("\n…\n" + LINK);
    }

    @Test
    void teams_gets_a_card_of_plain_text_with_a_button() {
        assertThat(new String(ContractJson.write(ChatBody.teams(LINES, LINK)), StandardCharsets.UTF_8)).contains(
                "\"contentType\":\"application/vnd.microsoft.card.adaptive\"", "\"type\":\"RichTextBlock\"",
                "✕ a_b *in* [x](https://evil.example) @everyone <b>", "\"weight\":\"Bolder\"",
                "\"url\":\"" + LINK + "\"").doesNotContain("TextBlock\",\"text\"");
        assertThat(ChatBody.teams(LINES, "/projects/navbot").toString()).doesNotContain("OpenUrl");
    }
}
