package dev.migrationledger.ledger.dashboard.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.event.AgentEvent.SchemaObserved;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.ledger.dashboard.Rest;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordEvents;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@LedgerTest
class ComparisonPageTest {

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Test
    void two_environments_are_side_by_side() throws Exception {
        new Story("pair", "staging").scripts("a b<a c<b").schema("a", "b", "c").applied("a", "b", "c").table("c")
                .recordIn(commands);
        new Story("pair", "production").scripts("a b<a").schema("a", "b").applied("a").stamped("b").table("b")
                .recordIn(commands);
        automations.round();
        String text = text(page("pair/compare?left=staging&right=production"));
        assertThat(text).contains("≠ staging is ahead of production by 1 revision. The schemas differ in 1 object.")
                .contains("c ✓ applied").contains("✕ unreachable")
                .contains("b ✓ applied").contains("! stamped (no run)")
                .contains("1 revision is the same on both sides.")
                .contains("table, only in staging c there not there")
                .contains("Compared were the definitions of 3 and 2 objects.");
        assertThat(page("pair/compare?left=staging&right=production")).contains(
                "href=\"/projects/pair/compare?left=production&amp;right=staging\"",
                "href=\"/api/v1/projects/pair/compare?left=staging&amp;right=production\"",
                "href=\"/projects/pair/revisions/c\"");
    }

    @Test
    void what_is_not_chosen_is_what_is_usually_compared() throws Exception {
        for (String name : List.of("dev", "production", "staging")) {
            new Story("usual", name).scripts("a").applied("a").table("a").recordIn(commands);
        }
        new Story("alone", "production").scripts("a").applied("a").table("a").recordIn(commands);
        assertThat(location("usual/compare")).endsWith("/projects/usual/compare?left=staging&right=production");
        assertThat(location("usual/compare?left=dev")).endsWith("/projects/usual/compare?left=dev&right=production");
        assertThat(location("usual/compare?left=production"))
                .endsWith("/projects/usual/compare?left=production&right=staging");
        assertThat(location("usual/compare?right=dev")).endsWith("/projects/usual/compare?left=production&right=dev");
        assertThat(location("usual/compare?right=production&rightAt=2026-01-01T12:00:00Z")).endsWith(
                "/projects/usual/compare?left=staging&right=production&rightAt=2026-01-01T12%3A00%3A00Z");
        assertThat(text(page("alone/compare"))).contains("Choose two environments");
        assertThat(page("usual")).contains("name=\"left\" list=\"names\" required value=\"staging\"",
                "name=\"right\" list=\"names\" required value=\"production\"");
        assertThat(page("usual/environments/production"))
                .contains("name=\"right\" list=\"others\" required value=\"staging\"");
    }

    private String location(String address) throws Exception {
        HttpResponse<String> answer = ledger.get("/projects/" + address);
        assertThat(answer.statusCode()).isEqualTo(302);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    @Test
    void two_moments_of_one_environment_have_an_address_of_their_own() throws Exception {
        new Story("moments", "production").scripts("a b<a").schema("a").applied("a").table("a").at(60)
                .schema("a", "b").applied("b").table("b").recordIn(commands);
        String text = text(
                page("moments/compare?left=production&leftAt=2026-01-01T12:30:00Z&right=production"));
        assertThat(text).contains("production at 2026-01-01 12:30:00 UTC is behind production now by 1 revision.")
                .contains("The schemas differ in 1 object.")
                .contains("table, only in production now b not there there");
        assertThat(page("moments/compare?left=production&leftAt=2026-01-01T12:30:00Z&right=production")).contains(
                "/api/v1/projects/moments/compare?left=production&amp;leftAt=2026-01-01T12%3A30%3A00Z&amp;right=production");
        HttpResponse<String> answer = ledger
                .get("/projects/moments/compare?left=production&leftAt=2026-01-01T12:30&right=production&rightAt=");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith(
                "/projects/moments/compare?left=production&leftAt=2026-01-01T12%3A30%3A00Z&right=production");
        assertThat(text(page("moments/compare?left=production&right=production&at=2026-01-01T12:30:00Z")))
                .contains("= production and production have the same revisions. The schemas are equal.");
    }

    @Test
    void a_permanent_link_shows_the_same_for_ever() throws Exception {
        new Story("pinned", "staging").scripts("a b<a c<b").applied("c").table("c").recordIn(commands);
        new Story("pinned", "production").scripts("a b<a c<b").applied("a").table("a").recordIn(commands);
        String now = "pinned/compare?left=staging&right=production";
        Matcher link = Pattern.compile("href=\"/projects/([^\"]*)\">Permanent link").matcher(page(now));
        assertThat(link.find()).isTrue();
        String pinned = link.group(1).replace("&amp;", "&");
        Story later = new Story("pinned", "production").agent("a2").at(60).scripts("a b<a c<b").applied("b").table("b");
        later.batches(100).forEach(
                one -> commands.record(new RecordEvents(one.events(), Instant.now(), one.decisionId())));

        assertThat(text(page(now))).contains("staging is ahead of production by 1 revision.");
        assertThat(text(page(pinned))).contains("staging is ahead of production by 2 revisions.",
                "You look at the past.").doesNotContain("Permanent link");
        assertThat(page(pinned))
                .contains(
                        "href=\"/projects/%s\">Compare as the ledger knows it now".formatted(now.replace("&", "&amp;")))
                .doesNotContain("data-live");
        assertThat(ledger.read("/api/v1/projects/" + pinned, Comparison.class).onlyLeft()).hasSize(2);
    }

    @Test
    void revisions_are_in_the_order_of_the_history() throws Exception {
        new Story("order", "one").scripts("z y<z x<y w<x").applied("z").stamped("x").table("x").recordIn(commands);
        new Story("order", "two").scripts("z y<z x<y w<x").applied("z", "y", "x", "w").table("w").recordIn(commands);
        Matcher ids = Pattern.compile("data-key=\"(\\w)\"").matcher(page("order/compare?left=one&right=two"));
        assertThat(ids.results().map(it -> it.group(1))).containsExactly("y", "x", "w");
    }

    @Test
    void equal_is_said_plainly() throws Exception {
        new Story("equal", "one").scripts("a b<a").schema("a").applied("a", "b").table("b").recordIn(commands);
        new Story("equal", "two").scripts("a b<a").schema("a").applied("a", "b").table("b").recordIn(commands);
        assertThat(text(page("equal/compare?left=one&right=two")))
                .contains("= one and two have the same revisions. The schemas are equal.")
                .contains("= Both have the same 2 revisions.");
    }

    @Test
    void what_was_never_reported_is_not_called_equal() throws Exception {
        new Story("blind", "one").scripts("a").recordIn(commands);
        new Story("blind", "two").scripts("a").table("zz").recordIn(commands);
        assertThat(text(page("blind/compare?left=one&right=two")))
                .contains("? one and two cannot be compared: the version table of one was never read; two is at zz")
                .contains("The schemas were not compared: no agent had reported that of one and two.");
    }

    @Test
    void without_sides_it_asks_for_them() throws Exception {
        new Story("choose", "one").scripts("a").table("a").recordIn(commands);
        assertThat(page("choose/compare")).contains("Choose two environments").contains("<option value=\"one\">");
        assertThat(ledger.status("/projects/choose/compare?left=one&right=never")).isEqualTo(404);
        assertThat(ledger.status("/projects/never/compare")).isEqualTo(404);
        assertThat(ledger.status("/projects/choose/compare?left=one&right=one&at=soon")).isEqualTo(400);
    }

    @Test
    void what_agents_report_is_shown_and_never_run() throws Exception {
        new Story("hostile", "one").scripts("a").schema("<img/src=x>").table("<img/src=x>").recordIn(commands);
        new Story("hostile", "two").scripts("a").schema().table("a").recordIn(commands);
        assertThat(page("hostile/compare?left=one&right=two")).doesNotContain("<img").contains("&lt;img/src=x&gt;");
    }

    @Test
    void a_page_stays_small_however_much_differs() throws Exception {
        String[] drawn = IntStream.range(0, 600).mapToObj(i -> i == 0 ? "r0" : "r%d<r%d".formatted(i, i - 1))
                .toArray(String[]::new);
        new Story("large", "one").scripts(drawn)
                .schema(IntStream.range(0, 700).mapToObj(i -> "table_" + i).toArray(String[]::new)).table("r599")
                .recordIn(commands);
        new Story("large", "two").scripts(drawn).schema().table("r0").recordIn(commands);
        String page = page("large/compare?left=one&right=two");
        assertThat(text(page)).contains("399 more revisions that differ", "500 more objects that differ");
        assertThat(page.length()).isLessThan(200_000);
        assertThat(ids(page)).hasSize(200);

        String revisions = ledger.body(Rest.of(page, "399 more revisions that differ"));
        String last = ledger.body(Rest.of(revisions, "199 more revisions that differ"));
        assertThat(ids(page)).doesNotContain("r599").doesNotContainAnyElementsOf(ids(revisions));
        assertThat(ids(last)).hasSize(199).contains("r599");
        assertThat(ids(ledger.body(Rest.of(last, "First revisions that differ")))).isEqualTo(ids(page));

        String objects = page;
        for (int more : List.of(500, 300, 100)) {
            objects = ledger.body(Rest.of(objects, more + " more objects that differ"));
        }
        assertThat(page).doesNotContain(">table_99<");
        assertThat(objects).contains(">table_99<").doesNotContain("more objects");
    }

    private static List<String> ids(String page) {
        return Pattern.compile("data-key=\"(\\w+)\"").matcher(page).results().map(it -> it.group(1)).toList();
    }

    @Test
    void rows_heads_and_findings_that_the_page_leaves_out_are_in_the_comparison_for_programs() throws Exception {
        String[] rows = IntStream.range(10, 35).mapToObj(i -> "row-" + i).toArray(String[]::new);
        new Story("many", "one").scripts("a").table(rows).recordIn(commands);
        new Story("many", "two").scripts("a", String.join(" ",
                IntStream.range(10, 22).mapToObj(i -> "head-%d<a".formatted(i)).toList())).table("a")
                .recordIn(commands);
        automations.round();
        String page = page("many/compare?left=one&right=two");
        assertThat(page.substring(page.indexOf("Version table<"), page.indexOf("Last observation"))).contains("row-19")
                .doesNotContain("row-20", "head-21");
        Comparison all = ledger.read(Rest.of(page, "and 15 more (JSON)"), Comparison.class);
        assertThat(all.left().rows()).contains("row-34");
        assertThat(ledger.read(Rest.of(page, "and 2 more (JSON)"), Comparison.class).right().heads())
                .contains("head-21");
        String findings = "All %d findings as JSON".formatted(all.divergences().size());
        assertThat(all.divergences()).hasSizeGreaterThan(20);
        assertThat(ledger.read(Rest.of(page, findings), Comparison.class).divergences()).isEqualTo(all.divergences());
    }

    @Test
    void a_definition_is_shown_to_its_end() throws Exception {
        List<String> values = IntStream.range(0, 120).mapToObj(i -> "v" + i).toList();
        SchemaSnapshot snapshot = SchemaSnapshot.of(List.of(new SchemaObject(
                new ObjectName(ObjectKind.ENUM, "public", null, "e"), new Definition.EnumType(values, null, null))));
        new Story("long", "one").scripts("a").says(new SchemaObserved(snapshot.fingerprint(), null,
                snapshot.objects(), List.of(), "public", 0)).table("a").recordIn(commands);
        new Story("long", "two").scripts("a").schema().table("a").recordIn(commands);
        assertThat(text(page("long/compare?left=one&right=two"))).contains("'v0', 'v1'", "'v119')");
    }

    private String page(String address) throws IOException, InterruptedException {
        return ledger.body("/projects/" + address);
    }

    /** Without tags. */
    private static String text(String page) {
        return page.substring(page.indexOf("<main"), page.indexOf("</main>")).replaceAll("<[^>]*>", " ")
                .replace("&amp;", "&").replace("&#39;", "'").replaceAll("\\s+", " ");
    }
}
