package dev.migrationledger.ledger.dashboard.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.environment.PhysicalRevisions;
import dev.migrationledger.contracts.event.AgentEvent.RevisionAuthorsRead;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.history.RevisionFootprint;
import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.unread.ValueReason.Called;
import dev.migrationledger.core.scripts.EffectText;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.util.HtmlUtils;

@LedgerTest
class RevisionPageTest {

    private static final String HOSTILE = "<b onclick=alert(1)>/../%00;\"'";

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    private final String project = "revision-" + UUID.randomUUID();

    @Test
    void a_revision_says_where_it_ran_when_by_whom_and_how_that_is_known() throws Exception {
        record(new Story(project, "production").scripts("a b<a")
                .says(new RevisionStamped(List.of("b"), List.of(), Story.by("psql"))).table("b"));
        record(new Story(project, "staging").scripts("a b<a").ran(UUID.randomUUID(), "a", "b").table("b"));
        record(new Story(project, "dev").scripts("a b<a").applied("a").table("a"));
        String text = text(page("b"));
        assertThat(text).contains("Applied in staging; stamped in production; pending in dev.");
        assertThat(text).containsPattern(
                "production ! stamped \\(no run\\) .* ago deploy via psql from 10.0.0.7 certain \\(trigger\\)");
        assertThat(text).containsPattern(
                "staging ✓ applied .* ago deploy \\(claimed: alice on ci-7\\) alembic upgrade head, exit code 0 certain \\(trigger\\)");
        assertThat(text).contains("dev ○ pending not observed not known none");
    }

    @Test
    void a_revision_links_what_it_follows_and_what_follows_it() throws Exception {
        record(new Story(project, "dev").scripts("a b<a c<a m<b,c d<m+b").table("d"));
        String page = page("m");
        assertThat(page).contains(link("b"), link("c"), link("d"), "from=m#" + Addresses.anchor("m"));
        assertThat(text(page("a"))).contains("nothing: it is a base");
        assertThat(text(page("d"))).contains("nothing: it is a head", "Depends on b");
    }

    @Test
    void what_a_file_does_is_listed_with_the_places_that_cannot_be_read() throws Exception {
        Footprint unread = new Footprint(new Effects(List.of(new Unread("x()", new Called("x"), null, null,
                Location.line(7)))), Effects.NONE);
        record(new Story(project, "dev").scripts("a b<a").files("versions", "a")
                .says(new RevisionFilesRead("versions", 1, List.of(
                        new RevisionFile("b", "b.py", Story.digest("b"), Story.text("b"), null, unread))))
                .table("b"));
        assertThat(text(page("a"))).contains("Upgrade create table a Downgrade nothing",
                "Read without running it, from versions.");
        assertThat(text(page("b"))).contains("1 place of the script cannot be read without running it.",
                "unknown, line 7: ");
    }

    @Test
    void edits_of_a_file_are_told_apart_by_what_they_change() throws Exception {
        Story story = new Story(project, "dev").says(scan("b", List.of("a"), "one", "x")).table("b");
        record(story);
        record(story.at(1).says(scan("b", List.of("a"), "two", "x")));
        record(story.at(2).says(scan("b", List.of("a"), "three", "y")));
        record(story.at(3).says(scan("b", List.of("c"), "four", "y")));
        record(story.at(4).says(new RevisionAuthorsRead("versions", List.of(
                new RevisionAuthors(Story.digest("four"), false, List.of(new Author("Ada", "ada@example.org")))))));
        String text = text(page("b"));
        assertThat(text).contains("File: 4 contents");
        assertThat(text.indexOf("re-parented: it followed a, and follows c in 1 environment Ada")).isPositive()
                .isLessThan(text.indexOf("edited: it may do something else than before"));
        assertThat(text.indexOf("only comments, formatting or the message changed")).isPositive()
                .isGreaterThan(text.indexOf("edited: it may do something else than before"))
                .isLessThan(text.indexOf("first seen content"));
    }

    @Test
    void findings_that_name_a_revision_are_on_its_page() throws Exception {
        record(new Story(project, "dev").scripts("a b<a").table("zz"));
        assertThat(text(page("zz"))).contains("No script of this project has this revision, and none ever had.",
                "error unknown-revision dev: Row 'zz' of public.alembic_version is in no script.");
    }

    @Test
    void ids_that_a_path_cannot_carry_have_a_page_and_never_become_markup() throws Exception {
        record(new Story(project, "dev").says(new ScriptsScanned("versions", 1, "d", null, List.of(
                new Revision(HOSTILE, List.of(), List.of(), List.of(HOSTILE), HOSTILE, HOSTILE,
                        Story.digest(HOSTILE))),
                List.of(), List.of(), Story.TOOL)).table(HOSTILE));
        String address = PageAddress.revision(project, HOSTILE);
        assertThat(address).startsWith("/projects/" + project + "/revisions?id=");
        String page = ledger.body(address);
        assertThat(page).doesNotContain("<b onclick").contains(HtmlUtils.htmlEscape(HOSTILE));
        assertThat(ledger.body("/projects/" + project)).contains(HtmlUtils.htmlEscape(address));
    }

    @Test
    void a_revision_that_no_one_knows_is_not_found() throws Exception {
        record(new Story(project, "dev").scripts("a").table("a"));
        assertThat(ledger.problem("/projects/" + project + "/revisions/b", 404).detail())
                .isEqualTo(
                        "Project '%s' never had a revision 'b'. Look for it on the project's page.".formatted(project));
        assertThat(ledger.status("/projects/none-such/revisions/b")).isEqualTo(404);
    }

    @Test
    void programs_ask_what_a_revision_does_and_which_ones_a_schema_matches() throws Exception {
        record(new Story(project, "dev").scripts("a b<a c<b").files("versions", "a", "b", "c").schema("a", "b")
                .table("c"));
        record(new Story(project, "blind").scripts("a").table("a"));
        RevisionFootprint does = ledger.read("/api/v1/projects/%s/history/b/footprint".formatted(project),
                RevisionFootprint.class);
        assertThat(does.environment()).isEqualTo("dev");
        assertThat(does.source()).isEqualTo("versions");
        assertThat(does.footprint().upgrade().effects()).extracting(EffectText::of).singleElement().asString()
                .isEqualTo("create table b");
        PhysicalRevisions dev = ledger.read("/api/v1/projects/%s/environments/dev/physical".formatted(project),
                PhysicalRevisions.class);
        assertThat(dev.stamped()).containsExactly("c");
        assertThat(Objects.requireNonNull(dev.physical()).candidates()).containsExactly(List.of("b"));
        assertThat(dev.physical().exact()).isTrue();
        assertThat(ledger.read("/api/v1/projects/%s/environments/blind/physical".formatted(project),
                PhysicalRevisions.class).physical()).isNull();
        assertThat(ledger.problem("/api/v1/projects/%s/history/zz/footprint".formatted(project), 404).detail())
                .startsWith("No environment of '%s' has a script of revision 'zz'".formatted(project));
        assertThat(ledger.status("/api/v1/projects/none-such/history/a/footprint")).isEqualTo(404);
        assertThat(ledger.status("/api/v1/projects/%s/environments/none-such/physical".formatted(project)))
                .isEqualTo(404);
    }

    private static ScriptsScanned scan(String id, List<String> parents, String content, String code) {
        return new ScriptsScanned("versions", 1, content, null, List.of(
                new Revision("a", List.of(), List.of(), List.of(), null, "a.py", Story.digest("a")),
                new Revision("c", List.of("a"), List.of(), List.of(), null, "c.py", Story.digest("c")),
                new Revision(id, parents, List.of(), List.of(), content, id + ".py", Story.digest(content),
                        new SemanticDigest(1, Story.digest(code), true, false))),
                List.of(), List.of(), Story.TOOL);
    }

    private String link(String revision) {
        return "href=\"/projects/%s/revisions/%s\"".formatted(project, revision);
    }

    private void record(Story story) {
        story.recordIn(commands);
        automations.round();
    }

    private String page(String revision) throws Exception {
        return ledger.body("/projects/%s/revisions/%s".formatted(project,
                URLEncoder.encode(revision, StandardCharsets.UTF_8)));
    }

    private static String text(String page) {
        return HtmlUtils.htmlUnescape(page.replaceAll("<[^>]*>", " ")).replaceAll("\\s+", " ");
    }
}
