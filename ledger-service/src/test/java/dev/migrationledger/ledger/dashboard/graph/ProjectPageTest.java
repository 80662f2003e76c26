package dev.migrationledger.ledger.dashboard.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.branch.BranchScan;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.dashboard.Rest;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;

@LedgerTest
class ProjectPageTest {

    private static final String HOSTILE = "<script>alert(1)</script>&'\"";

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    JdbcClient database;

    private final String project = "graph-" + UUID.randomUUID();

    @Test
    void each_environment_is_marked_where_it_is_stamped_and_where_its_schema_is() throws Exception {
        record(new Story(project, "production").scripts("a b<a c<b d<c").files("versions", "a", "b", "c", "d")
                .schema("a", "b").applied("a", "b").table("d"));
        record(new Story(project, "staging").scripts("a b<a c<b d<c").applied("a", "b", "c", "d").table("d"));
        String page = page("");
        assertThat(headline(page)).startsWith(
                "production: The stamp is ahead of the schema: 'd' is stamped, but the schema matches 'b'.");
        assertThat(row(page, "d")).contains("class=\"chip stamped\"", ">production</a>", ">staging</a>");
        assertThat(row(page, "b")).contains("class=\"chip schema\"", ">production schema</a>");
        assertThat(row(page, "c")).doesNotContain("chip");
        assertThat(text(page)).contains("schema at b");
    }

    @Test
    void how_a_revision_counts_in_each_environment_is_told_apart_without_colour() throws Exception {
        record(new Story(project, "dev").scripts("a b<a c<b d<c").applied("b").stamped("c").table("c"));
        record(new Story(project, "old").scripts("a b<a").applied("a").table("a"));
        String page = page("");
        assertThat(row(page, "a")).contains("aria-label=\"dev: implied\">·</b>", "aria-label=\"old: applied\">✓</b>");
        assertThat(row(page, "b")).contains("aria-label=\"dev: applied\">✓</b>", "aria-label=\"old: pending\">○</b>");
        assertThat(row(page, "c")).contains("aria-label=\"dev: stamped\">!</b>",
                "aria-label=\"old: unreachable\">✕</b>");
        assertThat(row(page, "d")).contains("aria-label=\"dev: pending\">○</b>");
    }

    @Test
    void merges_heads_edited_re_parented_and_lost_revisions_have_a_word() throws Exception {
        Story story = new Story(project, "dev").scripts("a b<a c<a m<b,c e<m f<e").table("gone");
        record(story);
        record(story.at(1).says(new ScriptsScanned("versions", 1, "second", null, changed(), List.of(), List.of(),
                Story.TOOL)));
        String page = page("");
        assertThat(row(page, "m")).contains("merge");
        assertThat(row(page, "f")).contains("head", "re-parented");
        assertThat(row(page, "e")).contains("edited");
        assertThat(row(page, "gone")).contains("in no script", ">dev</a>");
    }

    private static List<Revision> changed() {
        return Story.history("a b<a c<a m<b,c e<m f<m").stream().map(one -> !List.of("e", "f").contains(one.revision())
                ? one
                : new Revision(one.revision(), one.parents(), List.of(), List.of(), "does more", one.file(),
                        Story.digest("another " + one.revision())))
                .toList();
    }

    @Test
    void what_is_uninteresting_is_folded_and_unfolds_by_a_link() throws Exception {
        record(new Story(project, "dev").scripts(line(200)).table("r199"));
        String page = page("");
        assertThat(rows(page)).isEqualTo(3);
        Matcher fold = Pattern.compile("href=\"([^\"]*open=[^\"]*)\">198 revisions<").matcher(page);
        assertThat(fold.find()).isTrue();
        String open = ledger.body(HtmlUtils.htmlUnescape(fold.group(1)).replaceFirst("#.*", ""));
        assertThat(rows(open)).isEqualTo(GraphRows.OPENED + 3);
        assertThat(open).contains(">138 revisions<").contains("Fold all");
        assertThat(row(open, "r198")).contains("/revisions/r198");
    }

    @Test
    void what_is_looked_for_is_shown_wherever_it_is() throws Exception {
        record(new Story(project, "dev").scripts(line(200)).table("r199"));
        String page = page("?q=does+R77");
        assertThat(row(page, "r77")).contains("class=\"found\"");
        assertThat(text(page)).contains("1 revision matches.");
        assertThat(text(page("?q=nothing"))).contains("No revision matches.");
    }

    @Test
    void revisions_are_looked_for_in_the_language_of_all_search_boxes() throws Exception {
        record(new Story(project, "dev").scripts(line(200)).table("r199"));
        assertThat(text(page("?q=rev:r7*"))).contains("11 revisions match.");
        assertThat(text(page("?q=rev:r7*+-r77"))).contains("10 revisions match.");
        assertThat(text(page("?q=parent:r7,r8+file:.py"))).contains("2 revisions match.");
        assertThat(text(page("?q=message:%22does+r77%22"))).contains("1 revision matches.");
        String mistaken = page("?q=mesage:orders");
        assertThat(mistaken).contains("class=\"mistakes\"", "^^^^^^").doesNotContain("No revision matches.");
        assertThat(mistaken.substring(0, mistaken.indexOf("<main"))).as("the header's search is for environments")
                .doesNotContain("mesage");
    }

    @Test
    void an_environment_that_is_looked_at_is_the_first_column() throws Exception {
        record(new Story(project, "one").scripts("a b<a").applied("b").table("b"));
        record(new Story(project, "two").scripts("a b<a").applied("b").table("b"));
        assertThat(page("?environment=two")).contains("<b class=\"chosen\"><i>two</i></b><b><i>one</i></b>");
    }

    @Test
    void names_ids_and_messages_of_agents_never_become_markup() throws Exception {
        record(new Story(project, "dev").says(new ScriptsScanned("versions", 1, "d", null, List.of(
                new Revision("a", List.of(), List.of(), List.of(), HOSTILE, "a.py", Story.digest("a")),
                new Revision(HOSTILE + "/..?#", List.of("a"), List.of(), List.of(), HOSTILE, "b.py",
                        Story.digest("b"))),
                List.of(), List.of(), Story.TOOL)).table(HOSTILE + "/..?#"));
        String page = page("?q=" + encoded(HOSTILE) + "&environment=" + encoded(HOSTILE) + "&open="
                + encoded(HOSTILE + ".." + HOSTILE) + "&from=" + encoded(HOSTILE));
        assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;alert(1)");
        assertThat(page).contains("/revisions?id=%3Cscript%3Ealert%281%29%3C%2Fscript%3E%26%27%22%2F..%3F%23\"");
    }

    @Test
    void two_thousand_revisions_with_many_merges_make_a_small_page_quickly() throws Exception {
        List<Revision> bushy = bushy(2_000);
        for (int i = 0; i < 5; i++) {
            record(new Story(project, "e" + i).says(new ScriptsScanned("versions", 1, "d", null, bushy, List.of(),
                    List.of(), Story.TOOL)).table("r" + (1_999 - 150 * i)));
        }
        String page = page("");
        assertThat(page.length()).isLessThan(150_000);
        assertThat(text(page)).contains("History: 2,000 revisions");
        String opened = page("?open=" + encoded("r1999..r0"));
        assertThat(opened.length()).isLessThan(150_000);
        assertThat(rows(opened)).isLessThanOrEqualTo(GraphRows.MOST_ROWS);
    }

    @Test
    void many_environments_that_look_the_same_are_one_line() throws Exception {
        for (int i = 0; i < 20; i++) {
            record(new Story(project, "eu-%02d".formatted(i)).scripts("a b<a").applied("a", "b").table("b"));
        }
        record(new Story(project, "odd").scripts("a b<a").applied("a").table("a"));
        String page = page("");
        assertThat(text(page)).contains("eu-00 and 19 that look the same",
                "20 of 21 environments are at the head; odd: 1 revision behind.");
        assertThat(row(page, "b")).contains(">20 environments</a>", "✓ 20 ○ 1");
        assertThat(page("?environment=eu-07")).contains("<b class=\"chosen\"><i>eu-07</i></b>");
    }

    @Test
    void what_is_found_beyond_the_first_hundred_is_counted_in_its_fold() throws Exception {
        record(new Story(project, "dev").scripts(line(400)).table("r399"));
        String page = page("?q=does");
        assertThat(text(page)).contains("400 revisions match.").containsPattern("; [\\d,]+ of them match");
    }

    @Test
    void schemas_and_findings_that_a_row_has_no_room_for_are_on_the_page_of_the_revision() throws Exception {
        for (int i = 0; i < 6; i++) {
            record(new Story(project, "e" + i).scripts("a b<a c<b x%d<c".formatted(i)).files("versions", "a", "b", "c")
                    .schema("a").applied("a").table("c"));
        }
        String row = row(page(""), "a");
        assertThat(row).contains(">2 more</a>", "2 more environments of %s whose schemas match".formatted(project));
        String revision = ledger.body("/projects/%s/revisions/a".formatted(project));
        for (int i = 0; i < 6; i++) {
            assertThat(text(revision)).contains("stamped-ahead-of-schema e%d:".formatted(i));
        }
    }

    @Test
    void open_merges_and_branches_beyond_the_first_ten_are_in_the_list_of_merges() throws Exception {
        String deployed = String.join(" ", IntStream.range(0, 13).mapToObj(i -> "r" + i).toList());
        record(new Story(project, "dev").scripts(deployed).table("r0"));
        for (int i = 0; i < 12; i++) {
            for (String side : List.of("x", "y")) {
                assertThat(ledger.post("/api/v1/projects/%s/branches".formatted(project), ContractJson.write(
                        new BranchScan("pr:" + side + i, Story.history(deployed, "%s%d<r%d".formatted(side, i, i)),
                                null)))
                        .statusCode()).isEqualTo(200);
            }
        }
        database.sql("""
                insert into ledger.merge (project, merge, proposed_at, open, facts)
                select project, new.id, proposed_at, open, replace(facts::text, m.merge::text, new.id::text)::json
                from ledger.merge m, (select gen_random_uuid() as id from generate_series(1, 11)) as new
                where project = ?""").param(project).update();
        String page = page("");
        assertThat(page.split("<p><a href=\"/projects/%s#branches".formatted(project), -1)).hasSize(11);
        assertThat(page.split("<p><a href=\"/projects/%s/merges/".formatted(project), -1)).hasSize(11);
        String all = ledger.body(Rest.of(page, "All branches in conflict"));
        for (int i = 0; i < 12; i++) {
            assertThat(all).contains("x%d in pr:x%d".formatted(i, i));
        }
        assertThat(Rest.of(page, "All open merges")).isEqualTo("/merges?q=project%3A" + project);
        assertThat(all.split("<a href=\"/projects/%s/merges/".formatted(project), -1)).hasSize(13);
    }

    @Test
    void a_project_that_does_not_exist_is_not_found() throws Exception {
        assertThat(ledger.status("/projects/" + project)).isEqualTo(404);
    }

    private static String[] line(int size) {
        return IntStream.range(0, size).mapToObj(i -> i == 0 ? "r0" : "r%d<r%d".formatted(i, i - 1))
                .toArray(String[]::new);
    }

    /** Every fifth revision begins a side that the tenth after it merges. */
    static List<Revision> bushy(int size) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            words.add(i == 0
                    ? "r0"
                    : i % 10 == 5
                            ? "r%d<r%d".formatted(i, Math.max(0, i - 3))
                            : i % 10 == 6
                                    ? "r%d<r%d".formatted(i, i - 2)
                                    : i > 10 && i % 10 == 4
                                            ? "r%d<r%d,r%d".formatted(i, i - 1, i - 9)
                                            : "r%d<r%d".formatted(i, i - 1));
        }
        return Story.history(words.toArray(String[]::new));
    }

    private void record(Story story) {
        story.recordIn(commands);
        automations.round();
    }

    private String page(String question) throws Exception {
        return ledger.body("/projects/" + project + question);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String headline(String page) {
        Matcher found = Pattern.compile("class=\"headline [a-z]+\"><strong>([^<]*)").matcher(page);
        assertThat(found.find()).isTrue();
        return HtmlUtils.htmlUnescape(found.group(1));
    }

    private static String row(String page, String revision) {
        int from = page.indexOf("<li id=\"" + Addresses.anchor(revision) + "\"");
        assertThat(from).as("row of %s in %s", revision, page).isPositive();
        return page.substring(from, page.indexOf("</li>", from));
    }

    private static int rows(String page) {
        return page.split("<li id=\"r", -1).length - 1;
    }

    private static String text(String page) {
        return HtmlUtils.htmlUnescape(page.replaceAll("<[^>]*>", " ")).replaceAll("\\s+", " ");
    }
}
