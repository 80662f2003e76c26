package dev.migrationledger.ledger.dashboard.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.dashboard.Rest;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From a form to a message that does not arrive, and away again. */
@LedgerTest
class WebhookPagesTest {

    private static final Map<String, String> FORM = Map.of("name", "on call", "url", "https://hooks.invalid/s3cretPath",
            "format", "discord", "project", "*", "environment", "prod*", "kind", "divergence", "severity", "error");

    @Autowired
    TestClient ledger;

    @Autowired
    JdbcClient database;

    @Test
    void a_webhook_is_added_tried_and_removed() throws Exception {
        PageVisitor visitor = new PageVisitor(ledger, "");
        assertThat(visitor.body("/webhooks")).contains("There are none.", "/webhooks/new");
        String asked = visitor.submit("/webhooks/new", visitor.body("/webhooks/new"), FORM).body();
        assertThat(asked).contains("This will be recorded",
                "has messages about divergence of */prod* sent to https://hooks.invalid.");

        confirm(visitor, "/webhooks/new", asked);
        String once = visitor.body("/webhooks");
        assertThat(once).containsPattern("whsec_[A-Za-z0-9+/=]{20}").contains("on call", "discord",
                "divergence of */prod*; divergences from error", "none yet").doesNotContain("s3cretPath");
        assertThat(visitor.body("/webhooks")).doesNotContain("whsec_");
        Matcher address = Pattern.compile("/webhooks/[0-9a-f-]{36}").matcher(once);
        assertThat(address.find()).isTrue();
        String webhook = address.group();

        confirm(visitor, webhook + "/test", visitor.body(webhook + "/test"));
        assertThat(visitor.body(webhook)).contains("The receiver did not accept the message: ", "! not accepted yet",
                "next at <time").doesNotContain("s3cretPath");
        assertThat(visitor.body("/webhooks")).contains("! not accepted yet");

        String again = visitor.submit(webhook + "/replay", visitor.body(webhook + "/replay"),
                Map.of("step", "check", "from", "7")).body();
        assertThat(again).contains("events from position 7 sent to https://hooks.invalid again.");
        confirm(visitor, webhook + "/replay", again);
        assertThat(visitor.body(webhook)).contains("0 messages are sent again.");

        confirm(visitor, webhook + "/remove", visitor.body(webhook + "/remove"));
        assertThat(visitor.body("/webhooks")).contains("The webhook &#39;on call&#39; is removed.", "There are none.");
        assertThat(visitor.open(webhook).statusCode()).isEqualTo(404);
    }

    @Test
    void messages_are_listed_to_the_oldest_and_lead_to_their_events() throws Exception {
        PageVisitor visitor = new PageVisitor(ledger, "");
        String asked = visitor.submit("/webhooks/new", visitor.body("/webhooks/new"), FORM).body();
        confirm(visitor, "/webhooks/new", asked);
        Matcher address = Pattern.compile("/webhooks/[0-9a-f-]{36}").matcher(visitor.body("/webhooks"));
        assertThat(address.find()).isTrue();
        String webhook = address.group();
        database.sql(
                """
                        insert into ledger.webhook_delivery (webhook, id, project, scopes, notices, first_position, last_position,
                            body, created_at, state, ended_at)
                        select ?::uuid, 'message-' || n, 'navbot', '{navbot/a,navbot/b,navbot/c,navbot/d,navbot/e}', 5, n, n + 4,
                            '{}', now(), 'accepted', now() from generate_series(1000, 1249) n""")
                .param(webhook.replaceAll(".*/", "")).update();
        String page = visitor.body(webhook);
        assertThat(page)
                .contains("message-1249", "and 2 more", "href=\"/audit?q=position%3A1249..1253\">#1249 to #1253")
                .doesNotContain("message-1149");
        String second = visitor.body(Rest.of(page, "Older messages"));
        String last = visitor.body(Rest.of(second, "Older messages"));
        assertThat(second).contains("message-1149", "message-1050");
        assertThat(last).contains("message-1000").doesNotContain("Older messages");
        assertThat(Rest.of(last, "First page")).isEqualTo(webhook);
        confirm(visitor, webhook + "/remove", visitor.body(webhook + "/remove"));
    }

    @Test
    void what_is_wrong_is_said_in_the_form() throws Exception {
        PageVisitor visitor = new PageVisitor(ledger, "");
        Map<String, String> wrong = new TreeMap<>(FORM);
        wrong.put("url", "http://example.org/x");
        HttpResponse<String> answer = visitor.submit("/webhooks/new", visitor.body("/webhooks/new"), wrong);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("is called with https only.", "value=\"on call\"");
    }

    private static void confirm(PageVisitor visitor, String address, String page) throws Exception {
        assertThat(visitor.submit(address, page, Map.of("step", "confirmed")).statusCode()).isEqualTo(302);
    }
}
