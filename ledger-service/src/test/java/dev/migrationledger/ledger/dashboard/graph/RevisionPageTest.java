package dev.migrationledger.ledger.dashboard.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.environment.PhysicalRevisions;
import dev.migrationledger.contracts.event.AgentEvent.RevisionAuthorsRead;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.RevisionFile.Withheld;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.history.RevisionFootprint;
import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.unread.ValueReason.Called;
import dev.migrationledger.core.scripts.EffectText;
import dev.migrationledger.ledger.dashboard.Rest;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.time.Eventually;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

    @Autowired
    ViewRebuild rebuild;

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
                "production ! stamped \\(no run\\) .* UTC deploy via psql from 10.0.0.7 certain \\(trigger\\)");
        assertThat(text).containsPattern(
                "staging ✓ applied .* UTC deploy \\(claimed: alice on ci-7\\) alembic upgrade head, exit code 0 certain \\(trigger\\)");
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
    void each_content_has_its_text_its_footprint_and_what_changed_since_the_one_before() throws Exception {
        String first = "def upgrade():\n" + "    pass\n".repeat(9) + "    op.create_table('b')\n";
        String second = first.replace("'b'", "'c'") + "    # token=ghp_0123456789abcdefghijklmnopqrstuvwxyz\n";
        Story story = new Story(project, "dev").says(scan(first)).says(file(first, first, null, "b")).table("b");
        record(story);
        record(story.at(1).says(scan(second)).says(file(second, second, null, "c")));

        String page = page("b");
        assertThat(text(page)).contains("File: 2 contents", "create table c",
                "From content %s to %s. 2 lines added, 1 removed.".formatted(Digests.shortened(Sha256.hex(first)),
                        Digests.shortened(Sha256.hex(second))),
                "⋯ 7 lines are the same", "removed: op.create_table('b')", "added: op.create_table('c')",
                "What looks like a secret is hidden here.", "Download b.py")
                .doesNotContain("create table b", "ghp_0123");
        assertThat(page).contains("/api/v1/projects/%s/files/%s\" download".formatted(project, Sha256.hex(second)));

        String older = "/projects/%s/revisions/b?content=%s".formatted(project,
                Digests.shortened(Sha256.hex(first)));
        assertThat(page).contains("href=\"" + older + "#contents\"");
        assertThat(text(ledger.body(older))).contains("create table b", "op.create_table('b')",
                "Read without running it, when an agent sent it.")
                .doesNotContain("create table c", "What changed in the file", "op.create_table('c')");
        assertThat(ledger.problem(older.replaceAll("content=.*", "content=zz"), 404).detail())
                .contains("never had the content 'zz'");
        assertThat(rebuild.check().differing()).isEmpty();
    }

    @Test
    void why_the_ledger_lacks_a_text_is_on_the_page() throws Exception {
        record(new Story(project, "dev").says(scan("x")).says(file("x", null, Withheld.LEFT_OUT, "b")).table("b"));
        assertThat(text(page("b"))).contains("create table b",
                "The ledger has the digest of this file, and not its text: the agent is set up to send no texts.");
        record(new Story(project, "prod").says(scan("y")).table("b"));
        assertThat(text(page("b"))).contains("and not its text: no agent sent it.");
    }

    @Test
    void earlier_runs_stay_on_the_page_with_their_evidence() throws Exception {
        record(new Story(project, "dev").scripts("a b<a").applied("b").table("b")
                .at(5).reverted("b").table("a").at(9).stamped("b").table("b"));
        // The audit follows the log at its own pace.
        String text = text(Eventually.becomes("all that happened is listed", () -> {
            automations.round();
            return page("b");
        }, it -> text(it).contains("Stamped b")));
        assertThat(text).containsPattern(
                "What happened to it .*Stamped b.*Reverted b.*Applied b.*Everything in the audit about this revision");
        assertThat(page("b")).contains("href=\"/audit?q=project%3A" + project + "+revision%3Ab\"")
                .containsPattern("href=\"/events/\\d+\">");
    }

    @Test
    void a_revision_whose_id_looks_like_a_secret_has_a_page() throws Exception {
        String secret = "token=hunter2hunter2";
        record(new Story(project, "dev").scripts("a " + secret + "<a").table("a"));
        String address = PageAddress.revision(project, secret);
        assertThat(address).startsWith("/projects/" + project + "/revisions?hash=");
        assertThat(ledger.body("/projects/" + project)).contains("href=\"" + address + "\"");
        assertThat(text(ledger.body(address))).contains("Pending in dev.").doesNotContain(secret);
        assertThat(ledger.status(address.replaceAll("=.*", "=0000000000000000"))).isEqualTo(404);
        assertThat(ledger.status(address.replaceAll("=.*", "=x"))).isEqualTo(422);
    }

    @Test
    void findings_that_name_a_revision_are_on_its_page() throws Exception {
        record(new Story(project, "dev").scripts("a b<a").table("zz"));
        assertThat(text(page("zz"))).contains("No script of this project has this revision, and none ever had.",
                "error unknown-revision dev: No script has row 'zz' of public.alembic_version.");
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

    @Test
    void every_content_and_effect_is_on_some_page_of_a_revision() throws Exception {
        Story story = new Story(project, "dev").table("b");
        for (int i = 10; i < 70; i++) {
            story.at(i).says(scan("content " + i));
        }
        List<Effect> effects = IntStream.range(1_000, 1_450).<Effect>mapToObj(i -> new Create(
                ObjectName.table(null, "t" + i), Definition.Table.UNKNOWN, false, Condition.ALWAYS, Location.line(i)))
                .toList();
        record(story.says(new RevisionFilesRead("versions", Footprint.FORM, List.of(new RevisionFile("b", "b.py",
                Sha256.hex("content 69"), null, Withheld.LEFT_OUT,
                new Footprint(new Effects(effects), new Effects(effects.subList(0, 1))))))));
        String first = Digests.shortened(Sha256.hex("content 10"));
        String page = page("b");
        assertThat(text(page)).contains("File: 60 contents", "create table t1000").doesNotContain(first, "t1449");
        String older = text(ledger.body(Rest.of(page, "10 more contents")));
        assertThat(older).contains(first, "File: 60 contents", "first seen content");

        String second = ledger.body(Rest.of(page, "250 more effects of the upgrade"));
        String last = ledger.body(Rest.of(second, "50 more effects of the upgrade"));
        assertThat(text(last)).contains("create table t1449").doesNotContain("create table t1000", "Downgrade nothing");
        assertThat(text(ledger.body(Rest.of(last, "First effects of the upgrade")))).contains("create table t1000");
    }

    @Test
    void every_neighbour_finding_and_author_is_on_the_page() throws Exception {
        record(new Story(project, "dev").scripts("a", String.join(" ", IntStream.range(10, 35)
                .mapToObj(i -> "c%d<a".formatted(i)).toList())).says(new RevisionAuthorsRead("versions", List.of(
                        new RevisionAuthors(Story.digest("a"), false, IntStream.range(10, 20)
                                .mapToObj(i -> new Author("Ada " + i, "ada%d@example.org".formatted(i))).toList()))))
                .table("a"));
        String page = page("a");
        assertThat(page).contains("<summary>5 more</summary>");
        for (int i = 10; i < 35; i++) {
            assertThat(page).contains(link("c" + i));
        }
        assertThat(text(page)).contains("Ada 10, Ada 11", "and Ada 19");

        for (int i = 10; i < 34; i++) {
            record(new Story(project, "e" + i).scripts("x" + i).table("zz"));
        }
        String found = page("zz");
        assertThat(found).contains(" more</summary>");
        for (int i = 10; i < 33; i++) {
            assertThat(text(found)).contains("error unknown-revision e%d: No script has row 'zz'".formatted(i));
        }
    }

    private static ScriptsScanned scan(String text) {
        return new ScriptsScanned("versions", 1, text, null, List.of(
                new Revision("b", List.of(), List.of(), List.of(), null, "b.py", Sha256.hex(text))),
                List.of(), List.of(), Story.TOOL);
    }

    private static RevisionFilesRead file(String content, @Nullable String text, @Nullable Withheld withheld,
            String table) {
        return new RevisionFilesRead("versions", Footprint.FORM, List.of(new RevisionFile("b", "b.py",
                Sha256.hex(content), text, withheld, new Footprint(new Effects(List.of(new Create(
                        ObjectName.table(null, table), Definition.Table.UNKNOWN, false, Condition.ALWAYS,
                        Location.line(3)))), Effects.NONE))));
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
