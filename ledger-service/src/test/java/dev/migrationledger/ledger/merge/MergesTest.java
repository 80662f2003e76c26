package dev.migrationledger.ledger.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.merge.MergeContent.Side;
import dev.migrationledger.contracts.merge.MergeContent.SideRevision;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference.Kind;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeProposal.Applied;
import dev.migrationledger.contracts.merge.MergeProposal.Approval;
import dev.migrationledger.contracts.merge.MergeProposal.Expiry;
import dev.migrationledger.contracts.merge.MergeProposal.Rehearsed;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal.Written;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeRehearsal.Failure;
import dev.migrationledger.contracts.merge.MergeRehearsal.Run;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.view.ViewRebuild;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A merge from the first sign of a second head to one head everywhere. */
@LedgerTest
class MergesTest {

    private static final String FORK = "a b<a c<a";

    @Autowired
    TestClient ledger;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    ViewRebuild rebuild;

    private final String project = "fork-" + UUID.randomUUID();
    private final String path = "/api/v1/projects/%s/merges".formatted(project);
    private final Story staging = new Story(project, "staging");
    private final Story production = new Story(project, "production");

    @BeforeEach
    void two_environments() throws Exception {
        staging.scripts("a").applied("a").table("a");
        production.scripts("a").applied("a").table("a");
        record();
    }

    @AfterEach
    void views_say_what_the_events_say() {
        assertThat(rebuild.check().differing()).isEmpty();
    }

    @Test
    void two_heads_that_ran_in_different_places_are_proposed_approved_written_and_applied() throws Exception {
        staging.at(1).scripts(FORK).files("versions", "a", "b", "c").applied("b").table("b");
        production.at(1).scripts(FORK).files("versions", "a", "b", "c").applied("c").table("c");
        record();
        MergeProposal open = only();
        assertThat(open.status()).isEqualTo(Status.OPEN);
        assertThat(open.proposedBy()).as("the ledger by itself").isNull();
        MergeContent content = open.content();
        assertThat(content.way()).isEqualTo(MergeWay.MERGE);
        assertThat(content.parting()).containsExactly("a");
        assertThat(content.sides()).extracting(Side::head, Side::ranIn, Side::changes).containsExactly(
                tuple("b", List.of("staging"), List.of(table("b"))),
                tuple("c", List.of("production"), List.of(table("c"))));
        assertThat(show(open).environments()).extracting(MergeEnvironment::environment, MergeEnvironment::steps)
                .containsExactly(tuple("production", List.of("b", "(merge)")),
                        tuple("staging", List.of("c", "(merge)")));

        String page = "/projects/%s/merges/%s".formatted(project, open.merge());
        assertThat(ledger.body("/")).contains(" for approval", "href=\"/merges\"");
        assertThat(ledger.body("/merges")).contains("The merge of b and c needs 1 approval.",
                "href=\"" + page + "\"");
        assertThat(ledger.body(page)).contains("The merge of b and c needs 1 approval.",
                "b ran in staging and c ran in production.", "has b, would run c, (merge)", "<circle", "does b",
                "The ledger proposed it.", "migration-agent merge approve b");
        assertThat(ledger.status(page.replace(open.merge().toString(), new UUID(0, 1).toString()))).isEqualTo(404);

        MergeProposal approved = read(post("/" + open.merge() + "/approve", ""), 200);
        assertThat(approved.approved()).isTrue();
        assertThat(ledger.body(page)).contains("The merge of b and c is approved.", "local approved it.");
        assertThat(approved.approvals()).extracting(Approval::by).containsExactly("local");

        staging.at(2).scripts(FORK, "m<b,c").files("versions", "a", "b", "c").says(nothing("m")).applied("c", "m")
                .table("m");
        record();
        MergeProposal written = only();
        assertThat(written.written()).extracting(Written::revision, Written::way, Written::asProposed)
                .containsExactly("m", MergeWay.MERGE, true);
        assertThat(written.applied()).extracting(Applied::environment, Applied::approved)
                .containsExactly(tuple("staging", true));
        assertThat(written.status()).isEqualTo(Status.OPEN);

        production.at(3).scripts(FORK, "m<b,c").files("versions", "a", "b", "c").says(nothing("m")).applied("b", "m")
                .table("m");
        record();
        assertThat(only().status()).isEqualTo(Status.APPLIED);
        String list = "/merges?q=project:" + project;
        assertThat(ledger.body(list)).as("it is over").contains("No merge matches.").doesNotContain(page);
        for (String query : List.of("state:applied", "state:all+revision:m", "state:all+head:b+approver:local",
                "state:applied+environment:staging+-by:ann", "id:" + open.merge(), "state:all+since:today")) {
            assertThat(ledger.body(list + "+" + query)).as(query).contains("href=\"" + page + "\"", "✓ applied",
                    "by the ledger", "href=\"/audit?q=id%3A" + open.merge() + "\"");
        }
        for (String query : List.of("state:open", "state:all+revision:zz", "state:all+until:yesterday")) {
            assertThat(ledger.body(list + "+" + query)).as(query).contains("No merge matches.");
        }
        assertThat(TestClient.problem(post("/" + open.merge() + "/approve", ""), 409).code()).isEqualTo("not-open");
    }

    @Test
    void an_approval_ends_when_a_head_moves_and_counts_again_when_it_is_given_again() throws Exception {
        staging.at(1).scripts(FORK);
        record();
        MergeProposal open = only();
        assertThat(open.content().way()).as("neither side ran").isEqualTo(MergeWay.REPARENT);
        read(post("/" + open.merge() + "/approve", ""), 200);

        staging.at(2).scripts(FORK, "d<c");
        record();
        MergeProposal moved = only();
        assertThat(moved.merge()).as("the same fork").isEqualTo(open.merge());
        assertThat(moved.approved()).isFalse();
        assertThat(moved.approvals()).extracting(Approval::expired).containsExactly(Expiry.CONTENT_CHANGED);
        assertThat(moved.changes().getFirst().differences())
                .extracting(MergeDifference::kind, MergeDifference::revision)
                .containsExactly(tuple(Kind.REVISION_ADDED, "d"));
        assertThat(read(post("/" + open.merge() + "/approve", ""), 200).approved()).isTrue();
    }

    @Test
    void an_approval_is_kept_where_only_comments_change() throws Exception {
        staging.at(1).says(edited("1", "adds a table"));
        record();
        UUID merge = only().merge();
        read(post("/" + merge + "/approve", ""), 200);
        staging.at(2).says(edited("2", "adds a table"));
        record();
        assertThat(only().approved()).isTrue();
        assertThat(only().approvals()).extracting(Approval::carried).containsExactly(1);
        assertThat(only().changes()).isEmpty();
        staging.at(3).says(edited("3", "drops a table"));
        record();
        assertThat(only().approved()).isFalse();
        assertThat(only().changes().getFirst().differences()).containsExactly(
                new MergeDifference(Kind.REVISION_EDITED, "c", "2".repeat(64), "3".repeat(64)));
    }

    /** Two heads, and the file of one of them with other bytes. */
    private static ScriptsScanned edited(String digest, String semantics) {
        List<Revision> revisions = new ArrayList<>(Story.history("a b<a"));
        revisions.add(new Revision("c", List.of("a"), List.of(), List.of(), null, "c.py", digest.repeat(64),
                new SemanticDigest(1, semantics, true, false)));
        return new ScriptsScanned("versions", 1, "edited " + digest, null, revisions, List.of(), List.of(), Story.TOOL);
    }

    @Test
    void re_parenting_is_recognised_and_a_merge_where_re_parenting_was_approved_is_not_approved() throws Exception {
        staging.at(1).scripts(FORK);
        record();
        read(post("/" + only().merge() + "/approve", ""), 200);
        staging.at(2).scripts("a b<a c<b");
        record();
        assertThat(only().written()).extracting(Written::revision, Written::way, Written::asProposed)
                .containsExactly("c", MergeWay.REPARENT, true);
        staging.at(3).scripts(FORK, "m<b,c");
        record();
        assertThat(only().written()).extracting(Written::revision).isEqualTo("c");
    }

    @Test
    void a_merge_that_no_one_approved_stays_until_someone_does() throws Exception {
        staging.at(1).scripts(FORK).applied("b").table("b");
        production.at(1).scripts(FORK).applied("c").table("c");
        record();
        staging.at(2).scripts(FORK, "m<b,c").says(nothing("m")).applied("c", "m").table("m");
        production.at(2).scripts(FORK, "m<b,c").says(nothing("m")).applied("b", "m").table("m");
        record();
        MergeProposal unapproved = only();
        assertThat(unapproved.status()).isEqualTo(Status.OPEN);
        assertThat(unapproved.applied()).extracting(Applied::approved).containsExactly(false, false);
        assertThat(TestClient.problem(post("/" + unapproved.merge() + "/withdraw", "{\"reason\":\"no\"}"), 409).code())
                .isEqualTo("ran-already");
        read(post("/" + unapproved.merge() + "/approve", ""), 200);
        production.at(3).says(new AgentStarted("0.1.0", "alembic", "watch", Map.of("tier", "prod")));
        record();
        assertThat(only().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void a_rejected_merge_opens_again_with_another_content_and_is_over_when_its_heads_are_gone() throws Exception {
        staging.at(1).scripts(FORK);
        record();
        MergeProposal open = only();
        assertThat(TestClient.problem(post("/" + open.merge() + "/reject", "{\"reason\":\" \"}"), 422).field())
                .isEqualTo("reason");
        MergeProposal rejected = read(post("/" + open.merge() + "/reject", "{\"reason\":\"c drops a table\"}"), 200);
        assertThat(rejected.status()).isEqualTo(Status.REJECTED);
        assertThat(TestClient.problem(post("/" + open.merge() + "/approve", ""), 409).detail()).contains("rejected");
        staging.at(2).scripts(FORK, "d<c");
        record();
        assertThat(only().status()).isEqualTo(Status.OPEN);
        staging.at(3).scripts("a b<a");
        record();
        assertThat(only().status()).isEqualTo(Status.OBSOLETE);
        assertThat(show(only()).environments()).isNull();
    }

    @Test
    void a_person_proposes_another_way_and_withdraws_it() throws Exception {
        staging.at(1).scripts(FORK);
        record();
        UUID first = only().merge();
        MergeProposal proposed = read(post("", "{\"environment\":\"staging\",\"heads\":[],\"way\":\"merge\"}"), 201);
        assertThat(proposed.content().way()).isEqualTo(MergeWay.MERGE);
        assertThat(proposed.proposedBy()).isEqualTo("local");
        assertThat(List.of(ledger.read(path, MergeProposal[].class))).extracting(MergeProposal::status)
                .containsExactly(Status.OPEN, Status.OBSOLETE);
        record();
        assertThat(ledger.read(path + "/" + proposed.merge(), MergeProposal.class).content().way())
                .as("what a person chose stays").isEqualTo(MergeWay.MERGE);
        assertThat(read(post("", "{\"environment\":\"staging\",\"heads\":[\"b\",\"c\"],\"way\":\"merge\"}"), 201)
                .merge()).isEqualTo(proposed.merge());
        assertThat(read(post("/" + proposed.merge() + "/withdraw", "{\"reason\":\"c goes away\"}"), 200).status())
                .isEqualTo(Status.WITHDRAWN);
        record();
        assertThat(List.of(ledger.read(path, MergeProposal[].class))).extracting(MergeProposal::merge)
                .containsExactly(proposed.merge(), first);
    }

    @Test
    void two_proposals_with_heads_in_common_go_on_side_by_side() throws Exception {
        staging.at(1).scripts(FORK, "d<a");
        record();
        MergeProposal all = only();
        assertThat(all.content().heads()).containsExactly("b", "c", "d");
        MergeProposal two = read(post("", "{\"environment\":\"staging\",\"heads\":[\"b\",\"c\"],\"way\":\"merge\"}"),
                201);
        record();
        assertThat(two.merge()).isNotEqualTo(all.merge());
        assertThat(ledger.read(path, MergeProposal[].class)).extracting(MergeProposal::status)
                .containsExactly(Status.OPEN, Status.OPEN);
        read(post("/" + two.merge() + "/approve", ""), 200);
        read(post("/" + all.merge() + "/approve", ""), 200);

        staging.at(2).scripts(FORK, "d<a", "m<b,c").says(nothing("m"));
        record();
        assertThat(show(two).written()).extracting(Written::revision, Written::asProposed).containsExactly("m", true);
        assertThat(show(two).approved()).isTrue();
        MergeProposal left = show(all);
        assertThat(left.status()).isEqualTo(Status.OPEN);
        assertThat(left.content().heads()).containsExactlyInAnyOrder("m", "d");
        assertThat(left.approvals()).as("what would be merged is another thing now").extracting(Approval::expired)
                .containsExactly(Expiry.CONTENT_CHANGED);
    }

    @Test
    void what_is_wrong_with_a_proposal_is_named() throws Exception {
        staging.at(1).scripts(FORK);
        production.at(1).scripts(FORK).applied("b").table("b");
        record();
        assertThat(TestClient.problem(post("", "{\"environment\":\"stagng\",\"heads\":[]}"), 404).detail())
                .contains("'stagng'");
        assertThat(TestClient.problem(post("", "{\"environment\":\"staging\",\"heads\":[\"b\",\"x\"]}"), 422).detail())
                .isEqualTo("'x' is not a head of the scripts of 'staging'; its heads are b and c.");
        assertThat(TestClient.problem(post("", "{\"environment\":\"staging\",\"heads\":[\"b\"]}"), 422).detail())
                .contains("name two of their heads");
        staging.at(2).applied("c").table("c");
        record();
        assertThat(TestClient.problem(
                post("", "{\"environment\":\"staging\",\"heads\":[],\"way\":\"reparent\"}"), 409).detail())
                .contains("both ran somewhere");
        assertThat(TestClient.problem(post("/" + new UUID(0, 1) + "/approve", ""), 404).detail())
                .contains("has no merge");
    }

    @Test
    void a_rehearsal_is_shown_and_counts_until_a_side_does_something_else() throws Exception {
        staging.at(1).says(edited("1", "adds a table"));
        record();
        MergeProposal open = only();
        MergeProposal rehearsed = read(post("/" + open.merge() + "/rehearsals", rehearsal(open, null)), 201);
        assertThat(rehearsed.rehearsals()).extracting(Rehearsed::by, Rehearsed::since)
                .containsExactly(tuple("local", List.of()));
        assertThat(rehearsed.isRehearsed()).isTrue();
        assertThat(rehearsed.rehearsalNeeded()).isFalse();
        String page = "/projects/%s/merges/%s".formatted(project, open.merge());
        assertThat(ledger.body(page)).contains("local rehearsed it: All 2 ways to one head succeed",
                "b, c, (merge), as production");
        staging.at(2).says(edited("2", "adds a table"));
        record();
        assertThat(only().isRehearsed()).as("only a comment changed").isTrue();
        staging.at(3).says(edited("3", "drops a table"));
        record();
        assertThat(only().isRehearsed()).isFalse();
        assertThat(ledger.body(page)).contains("Rehearsed before c changed.").doesNotContain("<h3>Rehearsal</h3>");
        assertThat(TestClient.problem(post("/" + open.merge() + "/rehearsals", rehearsal(open, null)), 409))
                .extracting(Problem::code, Problem::detail).containsExactly("other-content",
                        "What was rehearsed is not what would be merged: c does something else: file 11111111 is"
                                + " 33333333 now. Rehearse it again.");
        staging.at(4).says(edited("4", "adds a table"));
        record();
        assertThat(only().isRehearsed()).as("edited back").isTrue();
    }

    @Test
    void where_the_policy_asks_for_a_rehearsal_an_approval_alone_is_not_enough() throws Exception {
        assertThat(ledger.send(ledger.request("/api/v1/projects/%s/policy".formatted(project))
                .header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString(
                        "merges: {rehearsal: required}\n")))
                .statusCode()).isEqualTo(200);
        staging.at(1).scripts(FORK);
        record();
        MergeProposal open = only();
        assertThat(open.rehearsalNeeded()).isTrue();
        String page = "/projects/%s/merges/%s".formatted(project, open.merge());
        assertThat(ledger.body(page)).contains("needs 1 approval and a rehearsal that succeeds.");
        assertThat(read(post("/" + open.merge() + "/approve", ""), 200).approved()).isFalse();
        assertThat(ledger.body(page)).contains("The merge of b and c needs a rehearsal that succeeds.",
                "migration-agent merge rehearse b --database URL");
        Failure failure = new Failure("(merge)", "c", 1, "password=s3cr3t: no such column");
        MergeProposal failed = read(post("/" + open.merge() + "/rehearsals", rehearsal(open, failure)), 201);
        assertThat(failed.approved()).isFalse();
        assertThat(ledger.body(page)).contains("1 of 2 ways to one head fails.", "c: password=***")
                .doesNotContain("s3cr3t");
        assertThat(read(post("/" + open.merge() + "/rehearsals", rehearsal(open, null)), 201).approved()).isTrue();
        assertThat(read(post("/" + open.merge() + "/rehearsals", rehearsal(open, failure)), 201).approved())
                .as("the last one counts").isFalse();
    }

    @Test
    void a_rehearsal_that_says_nothing_is_refused() throws Exception {
        staging.at(1).scripts(FORK);
        record();
        MergeProposal open = only();
        assertThat(TestClient.problem(post("/" + open.merge() + "/rehearsals",
                rehearsal(open, null).replaceFirst("(?s)\"runs\" *:.*\"untried\"", "\"runs\":[],\"untried\"")), 422)
                .detail()).isEqualTo("The list runs has 0 elements; send 1 to 50.");
        assertThat(TestClient.problem(post("/" + open.merge() + "/rehearsals", "{}"), 422).status()).isEqualTo(422);
        assertThat(TestClient.problem(post("/" + new UUID(0, 1) + "/rehearsals", rehearsal(open, null)), 404).detail())
                .contains("has no merge");
    }

    /** Of what would be merged: two ways; the second one may fail. */
    private static String rehearsal(MergeProposal merge, @Nullable Failure failure) {
        Fingerprint schema = new Fingerprint(2, "0".repeat(64));
        return ContractJson.pretty(new MergeRehearsal(merge.content().way(), merge.content().heads(),
                merge.content().sides().stream().flatMap(side -> side.revisions().stream()).map(SideRevision::declared)
                        .toList(),
                List.of(new Run(List.of("b", "c", "(merge)"), List.of("production"), null, schema, List.of(), 0),
                        new Run(List.of("(merge)"), List.of(), failure, failure == null ? schema : null, List.of(),
                                0)),
                0, "alembic 1.8.1", "PostgreSQL 18.1"));
    }

    @Test
    void a_merge_that_comes_in_one_scan_with_its_second_head_is_proposed_and_found() throws Exception {
        staging.at(1).scripts(FORK, "m<b,c").files("versions", "b", "c").says(nothing("m")).applied("b", "c", "m")
                .table("m");
        record();
        MergeProposal arrived = only();
        assertThat(arrived.written()).extracting(Written::revision, Written::way, Written::asProposed)
                .containsExactly("m", MergeWay.MERGE, true);
        assertThat(arrived.content().heads()).containsExactly("b", "c");
        assertThat(arrived.proposedBy()).isNull();
        assertThat(arrived.applied()).extracting(Applied::environment, Applied::approved)
                .containsExactly(tuple("staging", false));
        automations.round();
        assertThat(findings("staging")).contains("unapproved-merge");
        assertThat(findings("production")).doesNotContain("unapproved-merge");

        assertThat(read(post("/" + arrived.merge() + "/approve", ""), 200).approved()).isTrue();
        production.at(2).scripts(FORK, "m<b,c").says(nothing("m")).applied("b", "c", "m").table("m");
        record();
        automations.round();
        assertThat(only().status()).isEqualTo(Status.APPLIED);
        assertThat(findings("staging")).doesNotContain("unapproved-merge");
        staging.at(3).scripts(FORK, "m<b,c d<m").says(nothing("m"));
        record();
        assertThat(only().status()).as("not again").isEqualTo(Status.APPLIED);
    }

    @Test
    void merges_that_an_environment_has_when_it_is_first_seen_are_its_past() throws Exception {
        Story other = new Story(project, "other");
        other.scripts(FORK, "m<b,c").applied("m").table("m");
        other.recordIn(commands);
        record();
        assertThat(ledger.read(path, MergeProposal[].class)).isEmpty();
        staging.at(1).scripts(FORK, "m<b,c").table("m");
        record();
        assertThat(ledger.read(path, MergeProposal[].class)).as("it was known by then").isEmpty();
        staging.at(2).scripts(FORK, "m<b,c d<m e<m n<d,e").table("n");
        record();
        assertThat(only().content().heads()).as("later ones are not").containsExactly("d", "e");
    }

    @Test
    void a_merge_of_merges_that_comes_in_one_scan_is_one_proposal() throws Exception {
        staging.at(1).scripts(FORK, "m<b,c d<a n<m,d").files("versions", "b", "c", "d").says(nothing("n"));
        record();
        MergeProposal whole = only();
        assertThat(whole.content().heads()).containsExactly("d", "m");
        assertThat(whole.content().sides().get(1).revisions()).extracting(one -> one.id())
                .containsExactlyInAnyOrder("b", "c", "m");
        assertThat(whole.written()).extracting(Written::revision).isEqualTo("n");
    }

    @Test
    void where_no_one_has_to_approve_nothing_is_proposed_afterwards() throws Exception {
        assertThat(ledger.send(ledger.request("/api/v1/projects/%s/policy".formatted(project))
                .header("Content-Type", "application/yaml").PUT(BodyPublishers.ofString("merges: {approvals: 0}\n")))
                .statusCode()).isEqualTo(200);
        staging.at(1).scripts(FORK, "m<b,c").says(nothing("m"));
        record();
        assertThat(ledger.read(path, MergeProposal[].class)).isEmpty();
    }

    @Test
    void a_fork_between_a_merge_and_another_head_has_the_merge_in_one_side() throws Exception {
        staging.at(1).scripts(FORK).applied("b").table("b");
        record();
        UUID first = only().merge();
        staging.at(2).scripts(FORK, "m<b,c d<a").says(nothing("m"));
        production.at(2).scripts(FORK, "m<b,c d<a").says(nothing("m")).applied("d").table("d");
        record();
        List<MergeProposal> all = List.of(ledger.read(path, MergeProposal[].class));
        assertThat(all).extracting(MergeProposal::merge).contains(first).hasSize(2);
        MergeProposal fork = all.stream().filter(one -> !one.merge().equals(first)).findFirst().orElseThrow();
        assertThat(fork.content().heads()).containsExactly("d", "m");
        assertThat(fork.written()).isNull();
        assertThat(show(fork).environments()).extracting(MergeEnvironment::environment, MergeEnvironment::steps)
                .contains(tuple("staging", List.of("c", "m", "d", "(merge)")));
        read(post("/" + first + "/approve", ""), 200);
        staging.at(3).scripts(FORK, "m<b,c d<a n<m,d").says(nothing("m")).says(nothing("n")).applied("c", "m", "d", "n")
                .table("n");
        production.at(3).scripts(FORK, "m<b,c d<a n<m,d").says(nothing("m")).says(nothing("n"))
                .applied("b", "c", "m", "d", "n").table("n");
        record();
        assertThat(ledger.read(path + "/" + first, MergeProposal.class).status()).isEqualTo(Status.APPLIED);
        assertThat(ledger.read(path + "/" + fork.merge(), MergeProposal.class).written())
                .extracting(Written::revision, Written::asProposed).containsExactly("n", true);
    }

    @Test
    void a_side_that_is_rebased_onto_a_later_revision_is_another_content() throws Exception {
        staging.at(1).scripts("a b<a b2<b c<a");
        record();
        MergeProposal before = only();
        read(post("/" + before.merge() + "/approve", ""), 200);
        staging.at(2).scripts("a b<a b2<b c<b");
        record();
        List<MergeProposal> all = List.of(ledger.read(path, MergeProposal[].class));
        MergeProposal current = all.getFirst();
        assertThat(current.approved()).as("what was approved parted elsewhere").isFalse();
        assertThat(current.status()).isEqualTo(Status.OPEN);
        assertThat(current.content().parting()).containsExactly("b");
        assertThat(all).filteredOn(one -> one.status() == Status.OPEN).hasSize(1);
    }

    private List<String> findings(String environment) throws Exception {
        Matcher code = Pattern.compile("\"code\" *: *\"([a-z-]+)\"").matcher(
                ledger.body("/api/v1/projects/%s/divergences?environment=%s".formatted(project, environment)));
        return code.results().map(one -> one.group(1)).toList();
    }

    private void record() {
        staging.recordIn(commands);
        production.recordIn(commands);
        automations.round();
    }

    /** The file of a revision that does nothing was read. */
    private static AgentEvent nothing(String revision) {
        return new RevisionFilesRead("versions", 1, List.of(
                new RevisionFile(revision, revision + ".py",
                        Story.digest(revision), Story.text(revision), null,
                        Footprint.NONE)));
    }

    private static ObjectName table(String name) {
        return ObjectName.table("public", name);
    }

    private MergeProposal only() throws Exception {
        List<MergeProposal> all = List.of(ledger.read(path, MergeProposal[].class));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    private MergeProposal show(MergeProposal merge) throws Exception {
        return ledger.read(path + "/" + merge.merge(), MergeProposal.class);
    }

    private HttpResponse<String> post(String under, String json) throws Exception {
        return ledger.post(path + under, json.getBytes(StandardCharsets.UTF_8));
    }

    private static MergeProposal read(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return ContractJson.read(answer.body().getBytes(StandardCharsets.UTF_8), MergeProposal.class);
    }
}
