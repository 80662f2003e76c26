package dev.migrationledger.agent.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.send.TestLedger.Canned;
import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.agent.tool.ConfigRequest;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.merge.MergeAuthors.Origin;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeEnvironment.Progress;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeProposal.Approval;
import dev.migrationledger.contracts.merge.MergeProposal.Authors;
import dev.migrationledger.contracts.merge.MergeProposal.Change;
import dev.migrationledger.contracts.merge.MergeProposal.Decided;
import dev.migrationledger.contracts.merge.MergeProposal.Expiry;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal.Written;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.merge.MergeContents;
import dev.migrationledger.core.merge.PlacedEnvironment;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.testsupport.golden.GoldenFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MergeCommandsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final UUID ID = new UUID(0, 7);

    private final TestLedger ledger = new TestLedger();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** What was proposed first. */
    private @Nullable MergeContent content;

    @TempDir
    Path project;

    @BeforeEach
    void two_heads() throws IOException {
        Files.createDirectories(project.resolve("migrations/versions"));
        Files.writeString(project.resolve("alembic.ini"),
                "[alembic]\nscript_location = %s\n".formatted(project.resolve("migrations")));
        Files.writeString(project.resolve("migrations/env.py"), "");
        Files.writeString(project.resolve("migrations/script.py.mako"), """
                \"""${message}

                Revises: ${down_revision | comma,n}
                \"""
                revision = ${repr(up_revision)}
                down_revision = ${repr(down_revision)}

                def upgrade():
                    ${upgrades if upgrades else "pass"}
                """);
        revision("a", null, "pass");
        revision("b", "a", "op.create_table('orders')");
        revision("c", "a", "op.execute('UPDATE people SET age = 1')");
    }

    private void revision(String id, @Nullable String parent, String does) throws IOException {
        Files.writeString(project.resolve("migrations/versions/" + id + ".py"), """
                \"""adds %1$s

                Revises: %2$s
                \"""
                from alembic import op
                revision = '%1$s'
                down_revision = %3$s
                def upgrade():
                    %4$s
                """.formatted(id, parent == null ? "" : parent, parent == null ? "None" : "'" + parent + "'", does));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_merge_is_shown_with_both_sides_and_what_each_environment_would_run() {
        MergeProposal merge = new MergeProposal(ID, "navbot", Status.OPEN, null, NOON, content(true),
                List.of(new Change(NOON, List.of(new MergeDifference(MergeDifference.Kind.REVISION_EDITED, "b",
                        "1".repeat(64), "2".repeat(64))))),
                List.of(new Approval("ann", NOON, 0, 0, Expiry.CONTENT_CHANGED, NOON, "rehearsed")), 1,
                List.of(authors("b", "Ada", "https://id.example.org 4711"), authors("c", null, null)), false, false,
                null, null, List.of(), List.of(), false,
                List.of(new MergeEnvironment("prod", List.of(new MergeEnvironment.Side("b", Progress.APPLIED),
                        new MergeEnvironment.Side("c", Progress.PENDING)), List.of("c", "(merge)")),
                        new MergeEnvironment("staging", List.of(new MergeEnvironment.Side("b", Progress.PENDING),
                                new MergeEnvironment.Side("c", Progress.STAMPED)), List.of("b", "(merge)")),
                        new MergeEnvironment("qa", List.of(), null)));
        ledger.answer(answer(200, List.of(merge)), answer(200, merge));
        assertThat(run("merge show")).isEqualTo(1);
        assertThat(out).hasToString("""
                The merge of b and c needs 1 approval.
                id 00000000-0000-0000-0000-000000000007

                they part at a
                merge        b ran in prod and c ran in staging.

                b  1 revision, ran in prod
                  b  adds b
                  changes table public.orders

                c  1 revision, ran in staging
                  c  adds c (changes rows only)
                  changes nothing in the schema

                both change  no object
                authors      b by Ada; c not known

                afterwards
                  prod     has b, would run c, (merge)
                  staging  has c (stamped, not run), would run b, (merge)
                  qa       It is not known what ran there.

                approvals
                  2026-03-01T12:00:00Z  ann, ended: what would be merged changed
                                        rehearsed

                changed 2026-03-01T12:00:00Z
                  b does something else: file 11111111 is 22222222 now

                b was written by Ada; someone else has to approve.
                An approver runs 'migration-agent merge approve b', or 'merge reject'.
                """);
    }

    @Test
    void merges_are_listed_and_one_that_waits_is_a_finding() {
        ledger.answer(answer(200, List.of(proposal(Status.OPEN, true, false), proposal(Status.APPLIED, true, true))),
                answer(200, List.of(proposal(Status.OPEN, true, true))), answer(200, List.of()));
        assertThat(run("merge list")).isEqualTo(1);
        assertThat(out).hasToString("""
                navbot has 2 merges

                open         b and c
                             00000000-0000-0000-0000-000000000007

                applied      b and c
                             00000000-0000-0000-0000-000000000007
                """);
        assertThat(run("merge list")).isZero();
        assertThat(run("merge list")).isZero();
        assertThat(out.toString()).endsWith("navbot has no merge.\n");
    }

    @Test
    void a_decision_is_confirmed_or_refused_with_the_sentence_of_the_ledger() {
        MergeProposal open = proposal(Status.OPEN, true, false);
        ledger.answer(answer(200, List.of(open)), answer(200, open), answer(200, proposal(Status.OPEN, true, true)));
        assertThat(run("merge approve c")).isZero();
        assertThat(out).hasToString("""
                The merge of b and c is approved.

                'migration-agent merge write b' writes it into the scripts.
                """);
        ledger.answer(answer(200, List.of(open)), answer(200, open),
                problem(409, "not-open", "The merge was withdrawn. Propose it again."));
        assertThat(run("merge reject --reason no")).isEqualTo(1);
        assertThat(err).hasToString("migration-agent: The merge was withdrawn. Propose it again.\n");
        ledger.answer(answer(200, List.of(open)), answer(200, open),
                answer(200, new MergeProposal(ID, "navbot", Status.REJECTED, null, NOON, content(true), List.of(),
                        List.of(), 1, List.of(), false, false, new Decided("ann", NOON, "c is slow"), null, List.of(),
                        List.of(), false, null)));
        assertThat(run("merge reject --reason slow")).isZero();
        assertThat(out.toString()).endsWith("ann rejected the merge of b and c: c is slow\n");
    }

    @Test
    void a_merge_that_is_not_clear_is_asked_for() {
        ledger.answer(answer(200, List.of(proposal(Status.APPLIED, true, true))), answer(200, List.of()),
                answer(200, List.of(proposal(Status.OPEN, true, true), proposal(Status.OPEN, true, true))));
        assertThat(run("merge show")).isEqualTo(2);
        assertThat(run("merge approve x9")).isEqualTo(2);
        assertThat(run("merge show")).isEqualTo(2);
        assertThat(err.toString()).contains("navbot has no open merge. 'merge list' shows all.",
                "no merge with the id or the head 'x9'", "navbot has several such merges; name one of");
    }

    @Test
    void an_approved_merge_is_written_as_alembic_would_write_it() throws IOException {
        approved(true);
        assertThat(write("-m", "both sides", "--rev-id", "feed", "--dry-run")).isZero();
        assertThat(out.toString()).startsWith("Would write migrations/versions/feed_both_sides.py.\n")
                .contains("down_revision = ('b', 'c')");
        assertThat(project.resolve("migrations/versions/feed_both_sides.py")).doesNotExist();
        approved(true);
        assertThat(write("-m", "both sides", "--rev-id", "feed")).as(err.toString()).isZero();
        assertThat(project.resolve("migrations/versions/feed_both_sides.py")).content().startsWith("\"\"\"both sides\n")
                .contains("Revises: b, c", "down_revision = ('b', 'c')");
        assertThat(out.toString()).endsWith("It brings b and c together. Commit it, and deploy as usual.\n");
        assertThat(history().graph().heads()).containsExactly("feed");
    }

    @Test
    void an_approved_re_parenting_changes_one_line_of_one_file() throws IOException {
        approved(false);
        String before = Files.readString(project.resolve("migrations/versions/c.py"));
        assertThat(write()).as(err.toString()).isZero();
        assertThat(project.resolve("migrations/versions/c.py")).content()
                .isEqualTo(before.replace("Revises: a", "Revises: b").replace("= 'a'", "= 'b'"));
        assertThat(history().graph().heads()).containsExactly("c");
    }

    @Test
    void nothing_is_written_without_approval_or_over_other_scripts() throws IOException {
        ledger.answer(answer(200, List.of(proposal(Status.OPEN, true, false))),
                answer(200, proposal(Status.OPEN, true, false)));
        assertThat(write()).isEqualTo(1);
        approved(true);
        revision("c", "a", "op.drop_table('orders')");
        assertThat(write()).isEqualTo(1);
        assertThat(err.toString()).contains("The merge is not approved.",
                "These scripts are not what was approved: c does something else");
        assertThat(history().graph().heads()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void comments_and_messages_may_differ_from_what_was_approved() throws IOException {
        approved(true);
        Path file = project.resolve("migrations/versions/c.py");
        Files.writeString(file, "# Licence: none\n" + Files.readString(file).replace("adds c", "another message"));
        assertThat(write("--rev-id", "feed")).as(err.toString()).isZero();
    }

    @Test
    void one_head_passes_and_two_are_blocked_with_what_to_do() throws IOException {
        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).startsWith("BLOCKED: ").contains("2 heads", "multiple-heads");
        revision("c", "b", "pass");
        assertThat(check()).isZero();
        assertThat(out.toString()).contains("PASSED: ");
    }

    @Test
    void a_merge_in_the_scripts_has_to_be_approved() throws IOException {
        MergeProposal open = proposal(Status.OPEN, true, false);
        revision("m", "b', 'c", "pass");
        Path file = project.resolve("migrations/versions/m.py");
        Files.writeString(file, Files.readString(file).replace("= 'b', 'c'", "= ('b', 'c')"));
        ledger.answer(answer(200, List.of(open)), answer(200, List.of(proposal(Status.OPEN, true, true))));
        assertThat(run("merge check --config " + project.resolve("alembic.ini"))).isEqualTo(1);
        assertThat(out.toString()).contains("m brings b and c together, and that is not approved.");
        assertThat(run("merge check --config " + project.resolve("alembic.ini"))).isZero();

        MergeProposal ended = new MergeProposal(ID, "navbot", Status.OPEN, null, NOON, open.content(),
                List.of(new Change(NOON, List.of(new MergeDifference(MergeDifference.Kind.REVISION_EDITED, "b",
                        "1".repeat(64), "2".repeat(64))))),
                List.of(new Approval("ann", NOON, 0, 0, Expiry.CONTENT_CHANGED, NOON, null)), 1, open.authors(), false,
                false,
                null, null, List.of(), List.of(), false, null);
        ledger.answer(answer(200, List.of(ended)));
        assertThat(run("merge check --config " + project.resolve("alembic.ini"))).isEqualTo(1);
        assertThat(out.toString()).as("CI says why").contains("and that is not approved. "
                + "The approval of ann ended: what would be merged changed. "
                + "b does something else: file 11111111 is 22222222 now. See 'merge show " + ID + "'.");

        ledger.answer(answer(200, List.of(open)));
        CommandLine here = new CommandLine(new CheckMergeCommand(new ScriptsOptions(project, Map.of()), Map.of()))
                .setOut(new PrintWriter(out, true));
        assertThat(here.execute("--ledger", ledger.url(), "--project", "navbot", "--code-quality", "issues.json"))
                .isEqualTo(1);
        GoldenFile.compare(Path.of("src/test/resources/code-quality/unapproved-merge.json"),
                Files.readString(project.resolve("issues.json")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "merge | merge needs list, show, propose, rehearse, approve, reject, withdraw, write or check",
        "merge list --project navbot | --ledger URL is missing; add it.",
        "merge list --ledger http://127.0.0.1:1 | --project NAME is missing; add it.",
        "merge reject --ledger http://127.0.0.1:1 --project p | --reason",
        "merge propose --ledger http://127.0.0.1:1 --project p | --environment",
        "merge propose --ledger http://127.0.0.1:1 --project p --environment e --way rebase | rebase"})
    void wrong_usage_says_what_to_write(String words, String expected) {
        assertThat(execute(List.of(words.split(" ")))).isEqualTo(2);
        assertThat(err.toString()).contains(expected);
    }

    private void approved(boolean ran) throws IOException {
        MergeProposal approved = proposal(Status.OPEN, ran, true);
        ledger.answer(answer(200, List.of(approved)), answer(200, approved));
    }

    private int write(String... words) {
        List<String> all = new ArrayList<>(List.of("merge", "write", "--config",
                project.resolve("alembic.ini").toString(), "--ledger", ledger.url(), "--project", "navbot"));
        all.addAll(List.of(words));
        return execute(all);
    }

    private int check() {
        return execute(List.of("merge", "check", "--config", project.resolve("alembic.ini").toString()));
    }

    private int run(String words) {
        List<String> all = new ArrayList<>(List.of(words.split(" ")));
        all.addAll(List.of("--ledger", ledger.url(), "--project", "navbot"));
        return execute(all);
    }

    private int execute(List<String> words) {
        return Main.execute(Main.commandLineFor(words.getFirst()).setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true)), words.toArray(String[]::new));
    }

    private History history() {
        return MigrationTools.all().getFirst().read(location());
    }

    private ScriptsLocation location() {
        return MigrationTools.configuration(new ConfigRequest(List.of(project.resolve("alembic.ini")), null, project,
                Map.of(), List.of()));
    }

    /** @param ran whether both sides ran somewhere */
    private MergeContent content(boolean ran) {
        History history = history();
        MergeContent content = MergeContents.of(
                new ScriptsSeen("versions", history.graph(), List.of(),
                        Map.of("b", MigrationTools.all().getFirst().footprint(location(), find(history, "b")), "c",
                                MigrationTools.all().getFirst().footprint(location(), find(history, "c")))),
                List.of("b", "c"), null,
                ran
                        ? List.of(new PlacedEnvironment("prod", List.of("b"), Set.of("a", "b"), Map.of()),
                                new PlacedEnvironment("staging", List.of("c"), Set.of("a", "c"), Map.of()))
                        : List.of(),
                null);
        assertThat(content.way()).isEqualTo(ran ? MergeWay.MERGE : MergeWay.REPARENT);
        return content;
    }

    private static Revision find(History history, String id) {
        return history.graph().find(id).orElseThrow();
    }

    private MergeProposal proposal(Status status, boolean ran, boolean approved) {
        if (content == null) {
            content = content(ran);
        }
        return new MergeProposal(ID, "navbot", status, null, NOON, content, List.of(),
                approved ? List.of(new Approval("ann", NOON, 0, 0, null, null, null)) : List.of(), 1, List.of(), false,
                approved, null,
                status == Status.APPLIED ? new Written("m", MergeWay.MERGE, NOON, true) : null, List.of(),
                List.of(), false, List.of());
    }

    private static Authors authors(String revision, @Nullable String name, @Nullable String person) {
        return new Authors(revision, name == null ? Origin.UNKNOWN : Origin.PEOPLE,
                name == null ? List.of() : List.of(name), person == null ? List.of() : List.of(person));
    }

    /** The same route as in a browser: the ledger decides, and its answer says who has to approve still. */
    @Test
    void who_wrote_a_side_hears_that_their_approval_is_not_enough() {
        MergeProposal open = proposal(Status.OPEN, true, false);
        MergeProposal own = new MergeProposal(ID, "navbot", Status.OPEN, null, NOON, content(true), List.of(),
                List.of(new Approval("https://id.example.org 4711", NOON, 0, 0, null, null, null)), 1,
                List.of(authors("b", "Ada", "https://id.example.org 4711"), authors("c", "Bob", null)), false, false,
                null, null, List.of(), List.of(), false, null);
        ledger.answer(answer(200, List.of(open)), answer(200, open), answer(200, own));
        assertThat(run("merge approve b --comment rehearsed")).isZero();
        assertThat(ledger.lastBody()).isEqualTo("{\"comment\":\"rehearsed\"}");
        assertThat(out).hasToString("""
                The merge of b and c needs an approval of someone who did not write b.

                b was written by Ada; someone else has to approve.
                An approver runs 'migration-agent merge approve b', or 'merge reject'.
                """);
        ledger.answer(answer(200, List.of(own)), answer(200, own));
        assertThat(run("merge show")).isEqualTo(1);
        assertThat(out.toString()).contains("b by Ada; c by Bob, unknown to the ledger",
                "https://id.example.org 4711, wrote b and does not approve alone");
        ledger.answer(answer(200, List.of(open)), answer(200, open),
                problem(409, "address-unknown", "The policy asks who wrote the merge."));
        assertThat(run("merge approve b")).isEqualTo(1);
        assertThat(err).hasToString("migration-agent: The policy asks who wrote the merge.\n");
    }

    @Test
    void an_approval_that_ended_is_in_the_list() {
        MergeProposal changed = new MergeProposal(ID, "navbot", Status.OPEN, null, NOON, content(true), List.of(),
                List.of(new Approval("ann", NOON, 0, 0, Expiry.POLICY_CHANGED, NOON, null)), 1, List.of(), false, false,
                null, null, List.of(), List.of(), false, null);
        ledger.answer(answer(200, List.of(changed)));
        assertThat(run("merge list")).isEqualTo(1);
        assertThat(out.toString()).contains("The approval of ann ended: another policy was applied.");
    }

    private static Canned answer(int status, Object answer) {
        return new Canned(status, ContractJson.pretty(answer), Map.of());
    }

    private static Canned problem(int status, String code, String detail) {
        return new Canned(status,
                ContractJson.pretty(new Problem("about:blank", "No", status, detail, code, null, null)), Map.of());
    }
}
