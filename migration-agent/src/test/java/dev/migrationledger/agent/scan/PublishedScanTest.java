package dev.migrationledger.agent.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.branch.OpenBranch.Clash;
import dev.migrationledger.contracts.branch.OpenBranch.Sibling;
import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.event.AgentEvent.HeadDetected;
import dev.migrationledger.contracts.event.AgentEvent.RevisionAuthorsRead;
import dev.migrationledger.contracts.event.AgentEvent.RevisionFilesRead;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.contracts.scripts.GraphProblem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.golden.GoldenFile;
import dev.migrationledger.testsupport.machine.Requirement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PublishedScanTest {

    @TempDir
    Path temp;

    private final TestLedger ledger = new TestLedger();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void scripts() throws IOException {
        Files.createDirectory(temp.resolve("versions"));
        script("a", "None");
        script("b", "'a'");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_pipeline_publishes_its_commit_and_nothing_of_a_database() {
        assertThat(publish("git:4f2a91c")).isZero();
        List<AgentEvent> events = ledger.events().stream().map(AgentEnvelope::event).toList();
        assertThat(events).hasSize(3);
        assertThat(events.get(0)).isInstanceOfSatisfying(ScriptsScanned.class, scan -> {
            assertThat(scan.source()).isEqualTo("git:4f2a91c");
            assertThat(scan.base()).isNull();
            assertThat(scan.changed()).hasSize(2);
        });
        assertThat(events.get(1)).isEqualTo(new HeadDetected(List.of("b"), List.of("b")));
        assertThat(events.get(2)).isInstanceOfSatisfying(RevisionFilesRead.class, read -> {
            assertThat(read.source()).isEqualTo("git:4f2a91c");
            assertThat(read.files()).extracting(RevisionFile::text).element(0).asString().contains("create_table");
            assertThat(read.files().getFirst().footprint().upgrade().effects()).hasSize(2);
        });
        assertThat(ledger.events()).extracting(AgentEnvelope::agent).containsOnly("ci");
    }

    @Test
    void a_checkout_says_who_wrote_the_files_also_when_the_same_scripts_were_published_without_it() throws Exception {
        assertThat(publish("image:1")).isZero();
        assertThat(authors()).as("without a repository").isEmpty();
        Requirement.met(git("init", "-q", ".") == 0, "there is no git: apt-get install git");
        git("add", "-A");
        git("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "both");
        assertThat(publish("git:1", "--without-authors")).isZero();
        assertThat(authors()).as("the operator wants none").isEmpty();
        assertThat(publish("git:1")).isZero();
        assertThat(publish("git:1")).isZero();
        assertThat(authors()).singleElement().satisfies(read -> {
            assertThat(read.source()).isEqualTo("git:1");
            assertThat(read.files()).hasSize(2).allSatisfy(file -> assertThat(file.authors()).containsExactly(
                    new Author("Ada", "ada@example.org")));
        });
    }

    private List<RevisionAuthorsRead> authors() {
        return ledger.events().stream().map(AgentEnvelope::event).filter(RevisionAuthorsRead.class::isInstance)
                .map(RevisionAuthorsRead.class::cast).toList();
    }

    private int git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", temp.toString(), "-c", "commit.gpgSign=false"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().waitFor();
    }

    @Test
    void one_of_two_sections_is_published_with_its_tool_invocation() throws IOException {
        sections();
        assertThat(scan("-n", "orders", "-x", "url=postgresql://u:s3cr3t@h/db")).isZero();
        assertThat(scans()).singleElement().satisfies(scan -> {
            assertThat(scan.source()).isEqualTo("conf/alembic.ini");
            assertThat(scan.tool()).isEqualTo(new ToolInvocation(Program.ALEMBIC, List.of("conf/alembic.ini"), "orders",
                    List.of("url=postgresql://u:***@h/db"), false, temp.toString()));
            assertThat(scan.problems()).isEmpty();
        });
    }

    @Test
    void the_same_scripts_are_published_again_for_another_tool_invocation() throws IOException {
        sections();
        scan("-n", "orders");
        scan("-n", "orders", "-x", "tenant=acme");
        assertThat(scans()).extracting(scan -> scan.tool().arguments()).containsExactly(List.of(),
                List.of("tenant=acme"));
        assertThat(scans().getLast().changed()).isEmpty();
    }

    @Test
    void two_heads_are_published_as_facts() throws IOException {
        script("c", "'a'");
        publish("git:1");
        assertThat(scans().getFirst().problems()).singleElement()
                .isInstanceOf(GraphProblem.SeveralHeads.class);
    }

    private void sections() throws IOException {
        Files.createDirectory(temp.resolve("conf"));
        Files.writeString(temp.resolve("conf/alembic.ini"), """
                [orders]
                script_location = %1$s
                version_locations = %1$s/versions
                [users]
                script_location = %1$s
                """.formatted(temp));
    }

    private List<ScriptsScanned> scans() {
        return ledger.events().stream().map(AgentEnvelope::event).filter(ScriptsScanned.class::isInstance)
                .map(ScriptsScanned.class::cast).toList();
    }

    @Test
    void the_next_commit_is_published_as_a_difference_and_the_same_one_as_scanned_again() throws IOException {
        publish("git:1");
        String first = scans().getFirst().digest();
        script("c", "'b'");
        assertThat(publish("git:2")).isZero();
        assertThat(publish("git:2")).isZero();
        List<AgentEvent> events = ledger.events().stream().map(AgentEnvelope::event).skip(3).toList();
        assertThat(events.get(0)).isInstanceOfSatisfying(ScriptsScanned.class, scan -> {
            assertThat(scan.base()).isEqualTo(first);
            assertThat(scan.changed()).extracting(revision -> revision.revision()).containsExactly("c");
        });
        assertThat(events.get(2)).isInstanceOfSatisfying(RevisionFilesRead.class,
                read -> assertThat(read.files()).extracting(RevisionFile::revision).containsExactly("c"));
        assertThat(events.subList(3, events.size())).singleElement().isInstanceOfSatisfying(ScriptsScanned.class,
                scan -> {
                    assertThat(scan.base()).isEqualTo(scan.digest());
                    assertThat(scan.changed()).isEmpty();
                });
    }

    @Test
    void a_ledger_that_does_not_answer_is_reported_and_the_scan_waits() {
        ledger.close();
        assertThat(publish("git:1")).isEqualTo(3);
        assertThat(err.toString()).contains("The scan waits in the spool").contains("3 events");
    }

    @Test
    void what_cannot_travel_as_text_is_left_out_with_the_reason() throws IOException {
        Files.write(temp.resolve("versions/latin.py"),
                "# -*- coding: latin-1 -*-\nrevision = 'l'\ndown_revision = 'b'\n# \u00e9\n"
                        .getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(temp.resolve("versions/large.py"),
                "revision = 'm'\ndown_revision = 'l'\n" + "#".repeat(RevisionFile.MAX_BYTES));
        publish("git:1");
        assertThat(files()).filteredOn(file -> file.text() == null).extracting(RevisionFile::withheld)
                .containsExactlyInAnyOrder(RevisionFile.Withheld.TOO_LARGE, RevisionFile.Withheld.NOT_UTF8);
    }

    @Test
    void texts_stay_at_home_where_the_operator_says_so() {
        publish("git:1", "--without-texts");
        assertThat(files()).hasSize(2).allSatisfy(file -> {
            assertThat(file.text()).isNull();
            assertThat(file.withheld()).isEqualTo(RevisionFile.Withheld.LEFT_OUT);
            assertThat(file.footprint().upgrade().effects()).isNotEmpty();
        });
    }

    @Test
    void names_without_a_ledger_are_refused() {
        assertThat(run("scan", "--scripts", temp.resolve("versions").toString(), "--project", "navbot")).isEqualTo(2);
        assertThat(err.toString()).contains("need --ledger URL; add it");
        assertThat(run("scan", "--scripts", temp.resolve("versions").toString(), "--source", "two\nlines"))
                .isEqualTo(2);
    }

    @Test
    void a_branch_belongs_to_no_environment() {
        assertThat(publish("pr:731")).isEqualTo(2);
        assertThat(err.toString()).contains("No environment runs pr:731 yet: leave --environment");
        assertThat(ledger.events()).isEmpty();
    }

    @Test
    void only_a_branch_is_closed() {
        String scripts = temp.resolve("versions").toString();
        assertThat(run("scan", "--scripts", scripts, "--source", "pr:731", "--closed")).isEqualTo(2);
        assertThat(run("scan", "--scripts", scripts, "--ledger", ledger.url(), "--project", "navbot", "--environment",
                "production", "--source", "git:1", "--closed")).isEqualTo(2);
        assertThat(err.toString()).contains("--closed needs --ledger, --project and --source branch:NAME");
    }

    @Test
    void what_is_in_the_way_of_a_branch_is_in_the_report_of_its_job() throws IOException {
        ledger.answer(new TestLedger.Canned(200, ContractJson.pretty(new OpenBranch("mr:7", "ci", Instant.EPOCH,
                List.of(), List.of(new Sibling(List.of("a"), "b", "x", "y", List.of("production"), List.of()),
                        new Sibling(List.of("a"), "b", "z", null, List.of(), List.of("mr:8"))),
                List.of(new Clash("a", List.of("staging"), List.of())))), Map.of()));
        assertThat(run(new ScriptsOptions(temp, Map.of()), "scan", "--scripts", "versions", "--ledger", ledger.url(),
                "--project", "navbot", "--source", "mr:7", "--code-quality", "issues.json")).as(err.toString())
                .isEqualTo(1);
        GoldenFile.compare(Path.of("src/test/resources/code-quality/branch.json"),
                Files.readString(temp.resolve("issues.json")));
    }

    @Test
    void a_branch_is_shown_although_the_ledger_does_not_answer() {
        ledger.close();
        assertThat(run("scan", "--scripts", temp.resolve("versions").toString(), "--ledger", ledger.url(), "--project",
                "navbot", "--source", "branch:rewards")).isEqualTo(3);
        assertThat(out.toString()).contains("branch:rewards: 2 revisions, 1 head");
        assertThat(err.toString()).contains("ledger");
    }

    private List<RevisionFile> files() {
        return ledger.events().stream()
                .map(AgentEnvelope::event)
                .filter(RevisionFilesRead.class::isInstance)
                .flatMap(event -> ((RevisionFilesRead) event).files().stream())
                .toList();
    }

    private int publish(String source, String... more) {
        return run(Stream.concat(
                Stream.of("scan", "--scripts", temp.resolve("versions").toString(), "--ledger", ledger.url(),
                        "--project", "navbot",
                        "--environment", "production", "--source", source, "--agent", "ci", "--spool",
                        temp.resolve("spool").toString()),
                Stream.of(more)).toArray(String[]::new));
    }

    /** With a configuration, standing in the folder above it. */
    private int scan(String... arguments) {
        return run(new ScriptsOptions(temp, Map.of()), Stream.concat(
                Stream.of("scan", "--config", "conf/alembic.ini", "--ledger", ledger.url(), "--project", "navbot",
                        "--environment", "production", "--agent", "ci", "--spool", temp.resolve("spool").toString()),
                Stream.of(arguments)).toArray(String[]::new));
    }

    private int run(String... arguments) {
        return run(new ScriptsOptions(), arguments);
    }

    private int run(ScriptsOptions options, String... arguments) {
        // As the command itself, but without patience.
        CommandLine command = Main.commandLineFor("scan");
        command.getCommandSpec().removeSubcommand("scan");
        command.addSubcommand(
                new ScanCommand(options, Duration.ZERO, Map.of("HOME", temp.toString(), "GITHUB_ACTIONS", "true")))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    private void script(String id, String parent) throws IOException {
        Files.writeString(temp.resolve("versions").resolve(id + ".py"), """
                import sqlalchemy as sa
                from alembic import op

                revision = '%s'
                down_revision = %s


                def upgrade():
                    op.create_table('%s', sa.Column('id', sa.Integer))


                def downgrade():
                    op.drop_table('%s')
                """.formatted(id, parent, id, id));
    }
}
