package dev.migrationledger.ledger.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.branch.BranchScan;
import dev.migrationledger.contracts.branch.OpenBranch.Sibling;
import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.merge.MergeProposal.Authors;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Branches and pull requests from their first push to their end. */
@LedgerTest
class BranchesTest {

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    ViewRebuild rebuild;

    @Autowired
    JdbcClient database;

    @Autowired
    Automations automations;

    private final String project = "radar-" + UUID.randomUUID();
    private final String path = "/api/v1/projects/%s/branches".formatted(project);
    private final Story staging = new Story(project, "staging");
    private List<RevisionAuthors> authors = List.of();

    @BeforeEach
    void an_environment() {
        staging.scripts("a").applied("a").table("a").recordIn(commands);
    }

    @AfterEach
    void views_say_what_the_events_say() {
        assertThat(rebuild.check().differing()).isEmpty();
    }

    @Test
    void two_pull_requests_with_one_parent_see_each_other_until_one_is_deployed() throws Exception {
        OpenBranch first = publish("pr:702", "a", "icon<a");
        assertThat(first.revisions()).extracting(Revision::revision).containsExactly("icon");
        assertThat(first.siblings()).isEmpty();
        assertThat(first.publishedBy()).isEqualTo("local");

        OpenBranch second = publish("pr:731", "a", "b8c9<a");
        assertThat(second.siblings()).containsExactly(
                new Sibling(List.of("a"), "b8c9", "icon", "icon", List.of(), List.of("pr:702")));
        assertThat(list()).extracting(OpenBranch::source).containsExactly("pr:702", "pr:731");
        assertThat(list().getFirst().siblings()).extracting(Sibling::branches).containsExactly(List.of("pr:731"));
        assertThat(ledger.body("/merges")).contains("<h2 id=\"branches\">Branches in conflict</h2>",
                "a has 2 children that are not deployed: b8c9 in pr:731 and icon in pr:702.",
                "/projects/" + project + "#branches");

        staging.at(1).scripts("a icon<a").recordIn(commands);
        assertThat(list()).as("the first was merged and deployed").extracting(OpenBranch::source)
                .containsExactly("pr:731");
        assertThat(list().getFirst().siblings()).containsExactly(
                new Sibling(List.of("a"), "b8c9", "icon", "icon", List.of("staging"), List.of()));
        assertThat(publish("pr:731", "a", "icon<a", "b8c9<icon").siblings()).as("it follows now").isEmpty();
        assertThat(ledger.body("/merges")).doesNotContain(project + "#branches");
    }

    @Test
    void a_push_is_recorded_once_and_a_branch_without_revisions_not_at_all() throws Exception {
        publish("branch:docs", "a");
        assertThat(events()).isEmpty();
        publish("branch:rewards", "a", "b<a");
        publish("branch:rewards", "a", "b<a");
        assertThat(events()).containsExactly("ledger.branch-published");
        publish("branch:rewards", "a");
        assertThat(events()).as("its revision went away").hasSize(2);
        assertThat(list()).isEmpty();
    }

    @Test
    void a_branch_that_is_closed_is_in_nobodys_way() throws Exception {
        publish("pr:702", "a", "icon<a");
        assertThat(ledger.post(path + "/close", ContractJson.write(new BranchScan.Closed("pr:702"))).statusCode())
                .isEqualTo(204);
        assertThat(ledger.post(path + "/close", ContractJson.write(new BranchScan.Closed("pr:702"))).statusCode())
                .as("closed already").isEqualTo(204);
        assertThat(publish("pr:731", "a", "b8c9<a").siblings()).isEmpty();
        assertThat(events()).containsExactly("ledger.branch-published", "ledger.branch-closed",
                "ledger.branch-published");
    }

    @Test
    void who_wrote_a_branch_is_known_when_an_image_without_git_brings_it() throws Exception {
        authors = List.of(
                new RevisionAuthors(Story.digest("a"), false, List.of(new Author("Eve", "eve@example.com"))),
                new RevisionAuthors(Story.digest("b8c9"), false, List.of(new Author("Ada", "ada@example.com"))));
        publish("pr:731", "a", "b8c9<a");
        publish("pr:731", "a", "b8c9<a");
        assertThat(events()).as("of its own revisions, and once").containsExactly("ledger.branch-published",
                "ledger.branch-authors-read");
        assertThat(database.sql("select facts::text from ledger.file_authors where project = ?").param(project)
                .query(String.class).list()).singleElement().asString().contains("ada@example.com");
        assertThat(ledger.body(path)).as("addresses are for the ledger alone").doesNotContain("ada@");

        staging.at(1).scripts("a icon<a b8c9<a").recordIn(commands);
        automations.round();
        MergeProposal[] merges = ledger.read("/api/v1/projects/" + project + "/merges", MergeProposal[].class);
        assertThat(merges).hasSize(1);
        assertThat(merges[0].authors()).extracting(Authors::revision, Authors::names)
                .contains(tuple("b8c9", List.of("Ada")));
    }

    @Test
    void deployed_scripts_and_findings_know_nothing_of_branches() throws Exception {
        String environment = ledger.body("/api/v1/projects/" + project + "/environments/staging");
        publish("pr:731", "a", "b8c9<a", "c<a");
        assertThat(ledger.body("/api/v1/projects/" + project + "/environments/staging"))
                .isEqualTo(environment);
        assertThat(ledger.body("/api/v1/projects/" + project + "/merges")).isEqualTo("[]");
    }

    @Test
    void two_hundred_open_pull_requests_are_listed() throws Exception {
        for (int i = 0; i < 200; i++) {
            publish("pr:" + i, "a", "r" + i + "<a");
        }
        List<OpenBranch> all = list();
        assertThat(all).hasSize(200).allSatisfy(one -> assertThat(one.siblings()).hasSize(199));
        assertThat(ledger.body("/merges")).contains("a has 200 children that are not deployed: r0 in pr:0, ");
    }

    @Test
    void what_is_wrong_with_a_branch_is_named() throws Exception {
        assertThat(TestClient.problem(post("image:navbot", "a"), 422).detail())
                .isEqualTo("'image:navbot' names no branch; use branch:NAME, pr:NUMBER or mr:NUMBER.");
        assertThat(TestClient.problem(post("pr:", "a"), 422).detail()).contains("names no branch");
        assertThat(TestClient.problem(post("pr:7\n8", "a"), 422).detail()).contains("control character");
        assertThat(TestClient.problem(post("pr:" + "7".repeat(300), "a"), 422).detail()).contains("303 characters");
        assertThat(TestClient.problem(ledger.post(path, "{\"source\":\"pr:1\"}".getBytes(StandardCharsets.UTF_8)), 422)
                .detail())
                .contains("scripts");
        String[] many = IntStream.range(0, 1_001).mapToObj(i -> "r" + i).toArray(String[]::new);
        assertThat(TestClient.problem(post("pr:1", many), 422).detail()).contains("'pr:1' has 1,001 revisions");
        assertThat(TestClient.problem(ledger.post("/api/v1/projects/nothing-here/branches",
                ContractJson.write(new BranchScan("pr:1", List.of(), null))), 404).detail()).contains("nothing-here");
        assertThat(events()).isEmpty();
    }

    private OpenBranch publish(String source, String... drawn) throws Exception {
        HttpResponse<String> answer = post(source, drawn);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), OpenBranch.class);
    }

    private HttpResponse<String> post(String source, String... drawn) throws Exception {
        List<Revision> revisions = new ArrayList<>(Story.history(drawn));
        return ledger.post(path, ContractJson.write(new BranchScan(source, revisions, authors)));
    }

    private List<OpenBranch> list() throws Exception {
        return List.of(ledger.read(path, OpenBranch[].class));
    }

    private List<String> events() {
        return database.sql("select payload_type from ledger.event where stream = ? order by sequence_number")
                .param(project + "//branches").query((row, _) -> row.getString(1)).list();
    }
}
