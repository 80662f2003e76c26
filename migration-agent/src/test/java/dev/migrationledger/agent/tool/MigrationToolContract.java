package dev.migrationledger.agent.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.tool.ProposedFile.Computed;
import dev.migrationledger.agent.tool.ProposedFile.NotComputed;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.event.RevisionFile.Withheld;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.text.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every migration tool behind the port {@link MigrationTool} must fulfil. To add one, extend this class with projects of its own, and with the
 * tool itself as it is installed.
 */
public abstract class MigrationToolContract {

    private static final String URL = "postgresql://planner:s3cr3t@db.example/shop";

    @TempDir
    Path folder;

    private Path marker = Path.of("");

    /** One that has read nothing yet. */
    protected abstract MigrationTool newTool();

    /** Projects of this tool. */
    protected abstract Projects projects();

    /** Writes projects as people have them. */
    protected interface Projects {

        /** A configuration where the tool looks for it, with an empty folder of scripts. Its database has this URL. */
        void create(Path project, String url) throws IOException;

        /** The folder of the scripts, as an operator names it instead of the configuration. */
        Path scripts();

        /**
         * Adds a revision that creates a table with the column {@code id}.
         *
         * @param parents none: it is a base
         * @return its file
         */
        Path add(Path project, String id, List<String> parents, String table) throws IOException;

        /** Likewise, and whoever loads or runs the file writes the marker. */
        Path addThatWrites(Path project, String id, List<String> parents, Path marker) throws IOException;

        /** Adds a file that the tool takes for a revision, and that nothing can read. */
        Path addUnreadable(Path project, String id) throws IOException;

        /** Changes a script, but not what it does. */
        void addComment(Path script) throws IOException;

        /** Adds a file that lies among the scripts and is not a revision. */
        void addUnrelated(Path project) throws IOException;

        /** Whatever else of the project the tool loads, such as its environment, writes the marker as well. */
        void writeWhereLoaded(Path project, Path marker) throws IOException;

        /** How the tool is started on this machine; the test is skipped where it is not installed. */
        List<String> program();

        /** The URL of a new, empty database that the tool can reach. */
        String newDatabase();

        /** The tables of that database, without the version table. */
        List<String> tables(String url);

        /** The ids that are in its version table. */
        List<String> versions(String url);
    }

    @BeforeEach
    void a_project_of_two_branches() throws IOException {
        folder = folder.toRealPath();
        marker = folder.resolve("it-ran");
        projects().create(project(), URL);
        projects().add(project(), "a1", List.of(), "routes");
        projects().add(project(), "b2", List.of("a1"), "stops");
        projects().add(project(), "c3", List.of("a1"), "trips");
    }

    @Test
    void the_list_of_tools_has_it_and_its_version_table_is_its_own() {
        MigrationTool tool = newTool();

        assertThat(MigrationTools.all()).extracting(MigrationTool::name).containsOnlyOnce(tool.name());
        assertThat(MigrationTools.ofVersionTable(tool.versionTable())).map(MigrationTool::title)
                .contains(tool.title());
    }

    @Test
    void a_configuration_is_found_where_the_tool_looks_for_it() {
        assertThat(newTool().isConfigured(request(project()))).isTrue();
        assertThat(ids(read())).containsExactlyInAnyOrder("a1", "b2", "c3");
    }

    @Test
    void a_configuration_that_is_missing_is_wrong_usage() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertThat(newTool().isConfigured(request(empty))).isFalse();
        assertThatThrownBy(() -> newTool().configuration(request(empty))).isInstanceOfSatisfying(CommandFailure.class,
                failure -> assertThat(failure.exitCode()).isEqualTo(CommandFailure.usage("").exitCode()));
    }

    @Test
    void a_location_that_is_gone_is_wrong_usage_for_each_question() {
        ScriptsLocation gone = new ScriptsLocation.Folder(Path.of("gone"), project());
        Revision revision = revision(read(), "a1");

        Stream.<Runnable>of(() -> newTool().read(gone), () -> newTool().mark(gone),
                () -> newTool().footprint(gone, revision), () -> newTool().footprints(gone, List.of(revision)),
                () -> newTool().files(gone, List.of(revision)), () -> newTool().database(gone)).forEach(
                        question -> assertThatThrownBy(question::run).isInstanceOf(CommandFailure.class)
                                .hasMessageContaining("gone"));
    }

    @Test
    void revisions_have_their_parents_and_files_that_can_be_found() {
        History history = read();

        assertThat(history.problems()).extracting(ScriptProblem::code).containsExactly(DivergenceCode.MULTIPLE_HEADS);
        assertThat(revision(history, "a1").parents()).isEmpty();
        assertThat(revision(history, "b2").parents()).containsExactly("a1");
        assertThat(history.graph().heads()).containsExactlyInAnyOrder("b2", "c3");
        assertThat(history.revisions()).allSatisfy(it -> {
            assertThat(it.file()).doesNotStartWith("/").doesNotContain("\\");
            assertThat(newTool().path(location(), it.file())).isRegularFile();
            assertThat(newTool().isScript(String.valueOf(Path.of(it.file()).getFileName()))).isTrue();
        });
    }

    @Test
    void the_same_scripts_are_the_same_history_wherever_and_in_whatever_order_they_were_written() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        projects().create(other, "postgresql://elsewhere/other");
        projects().add(other, "c3", List.of("a1"), "trips");
        projects().add(other, "b2", List.of("a1"), "stops");
        projects().add(other, "a1", List.of(), "routes");
        History moved = newTool().read(location(other));

        assertThat(moved.revisions()).isEqualTo(read().revisions());
        assertThat(moved.digest()).isEqualTo(read().digest());
    }

    @Test
    void a_tool_that_has_read_before_reads_the_same_as_a_new_one() throws IOException {
        MigrationTool tool = newTool();
        tool.read(location());
        projects().add(project(), "d4", List.of("b2"), "stations");
        Files.delete(tool.path(location(), revision(read(), "c3").file()));

        assertThat(tool.read(location())).isEqualTo(read());
        assertThat(ids(tool.read(location()))).containsExactlyInAnyOrder("a1", "b2", "d4");
    }

    @Test
    void a_comment_changes_the_digest_of_a_file_and_not_what_it_does() throws IOException {
        History before = read();
        projects().addComment(file("b2"));
        History after = read();

        assertThat(after.digest()).isNotEqualTo(before.digest());
        assertThat(revision(after, "b2").digest()).isNotEqualTo(revision(before, "b2").digest());
        assertThat(revision(after, "a1")).isEqualTo(revision(before, "a1"));
        assertThat(newTool().footprint(location(), revision(after, "b2")).upgrade().changes())
                .extracting(Effect.Change::object).contains(table("stops"));
        // A tool that knows no meaning of its files says so, and a file differs then.
        assertThat(revision(after, "b2").semantics()).isEqualTo(revision(before, "b2").semantics());
    }

    @Test
    void each_way_to_a_footprint_leads_to_the_same_one() {
        List<Revision> revisions = read().revisions();
        List<Footprint> all = newTool().footprints(location(), revisions);

        assertThat(all).hasSameSizeAs(revisions);
        assertThat(newTool().files(location(), revisions)).extracting(RevisionFile::footprint).isEqualTo(all);
        for (int i = 0; i < revisions.size(); i++) {
            assertThat(newTool().footprint(location(), revisions.get(i))).isEqualTo(all.get(i));
        }
        assertThat(newTool().footprint(location(), revision(read(), "a1")).upgrade().changes())
                .extracting(Effect.Change::object).contains(table("routes"), table("routes").column("id"));
        assertThat(newTool().footprint(location(), revision(read(), "a1")).downgrade().changes())
                .extracting(Effect.Change::object).contains(table("routes"));
    }

    @Test
    void a_file_is_handed_out_as_it_is() throws IOException {
        for (RevisionFile file : newTool().files(location(), read().revisions())) {
            byte[] bytes = Files.readAllBytes(newTool().path(location(), file.file()));
            assertThat(file.text()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
            assertThat(file.digest()).isEqualTo(Sha256.hex(bytes));
            assertThat(file.withheld()).isNull();
        }
    }

    @Test
    void what_a_file_does_is_unknown_once_it_is_another_or_gone() throws IOException {
        MigrationTool tool = newTool();
        Revision edited = revision(tool.read(location()), "b2");
        Revision deleted = revision(tool.read(location()), "c3");
        projects().addComment(file("b2"));
        Files.delete(file("c3"));

        List<RevisionFile> files = tool.files(location(), List.of(edited, deleted));
        assertThat(files).extracting(RevisionFile::withheld).containsExactly(Withheld.CHANGED, Withheld.UNREADABLE);
        assertThat(files).extracting(RevisionFile::text).containsOnlyNulls();
        assertThat(tool.footprints(location(), List.of(edited, deleted))).allSatisfy(
                footprint -> assertThat(footprint.upgrade().effects()).singleElement()
                        .isInstanceOf(Effect.Unread.class));
    }

    @Test
    void what_is_wrong_with_one_script_is_a_finding_and_the_others_are_read() throws IOException {
        projects().addUnreadable(project(), "d4");
        projects().add(project(), "e5", List.of("nowhere"), "stations");
        History history = read();

        assertThat(ids(history)).contains("a1", "b2", "c3", "e5");
        assertThat(history.problems()).extracting(ScriptProblem::code)
                .contains(DivergenceCode.SCRIPTS_UNREADABLE, DivergenceCode.MISSING_PARENT);
        assertThat(newTool().footprints(location(), history.revisions())).hasSameSizeAs(history.revisions());
    }

    @Test
    void two_files_with_one_id_are_two_revisions_and_a_finding() throws IOException {
        Path copy = file("b2").resolveSibling("copy_" + file("b2").getFileName());
        Files.copy(file("b2"), copy);
        History history = read();

        assertThat(ids(history)).containsExactlyInAnyOrder("a1", "b2", "b2", "c3");
        assertThat(history.problems()).extracting(ScriptProblem::code)
                .containsOnlyOnce(DivergenceCode.DUPLICATE_REVISION);
    }

    @Test
    void a_project_without_a_revision_is_an_empty_history() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        projects().create(empty, URL);

        assertThat(newTool().read(location(empty)).revisions()).isEmpty();
        assertThat(newTool().read(location(empty)).graph().heads()).isEmpty();
    }

    @Test
    void files_that_are_not_revisions_count_for_nothing() throws IOException {
        MigrationTool tool = newTool();
        History before = tool.read(location());
        String mark = tool.mark(location());
        projects().addUnrelated(project());

        assertThat(tool.read(location())).isEqualTo(before);
        assertThat(tool.mark(location())).isEqualTo(mark);
    }

    @Test
    void a_mark_changes_with_each_change_of_a_script() throws IOException {
        List<String> marks = new ArrayList<>();
        marks.add(newTool().mark(location()));
        projects().addComment(file("b2"));
        marks.add(newTool().mark(location()));
        Path added = projects().add(project(), "d4", List.of("b2"), "stations");
        marks.add(newTool().mark(location()));
        Files.move(added, added.resolveSibling("moved_" + added.getFileName()));
        marks.add(newTool().mark(location()));
        Files.delete(file("c3"));
        marks.add(newTool().mark(location()));

        assertThat(marks).doesNotHaveDuplicates();
        assertThat(newTool().mark(location())).isEqualTo(marks.getLast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../b2.py", "/b2.py", "a/b2.py", "notes.txt"})
    void a_name_that_leads_elsewhere_is_not_one_of_a_script(String name) {
        assertThat(newTool().isScript(name)).isFalse();
    }

    @Test
    void nothing_is_run_whatever_is_asked_for() throws Exception {
        projects().writeWhereLoaded(project(), marker);
        projects().addThatWrites(project(), "d4", List.of("b2", "c3"), marker);
        projects().addThatWrites(project(), "e5", List.of("a1"), marker);
        MigrationTool tool = newTool();
        ScriptsLocation location = location();
        List<Revision> revisions = tool.read(location).revisions();
        assertThat(revisions).hasSize(5);

        tool.mark(location);
        tool.footprints(location, revisions);
        tool.files(location, revisions);
        tool.authors(location, revisions);
        revisions.forEach(it -> tool.mergeOrigin(location, it));
        tool.database(location);
        tool.others(location);
        tool.invocation(location);
        tool.withUrl(location, URL);
        tool.merge(location, merge("d4", "e5"));
        tool.reparented(location, revision(tool.read(location), "e5"), List.of("b2"));
        tool.call(location, List.of(), new ToolAction.Upgrade("a1"));
        assertThat(marker).as("nothing was run").doesNotExist();

        String url = projects().newDatabase();
        useUrl(url);
        run(tool.call(location, projects().program(), new ToolAction.Upgrade("d4")));
        assertThat(marker).as("the tool itself runs it").exists();
    }

    @Test
    void a_merge_is_written_byte_for_byte_and_recognised() throws IOException {
        MigrationTool tool = newTool();
        ProposedFile proposed = tool.merge(location(), merge("b2", "c3"));
        assertThat(proposed).isInstanceOf(Computed.class);
        Computed file = (Computed) proposed;
        Path path = tool.path(location(), file.file());
        assertThat(path).doesNotExist();
        Files.write(path, file.bytes());
        Revision merge = revision(tool.read(location()), "m9");

        assertThat(merge.parents()).containsExactly("b2", "c3");
        assertThat(tool.read(location()).graph().heads()).containsExactly("m9");
        assertThat(tool.mergeOrigin(location(), merge)).isEqualTo(MergeOrigin.RECOMPUTED);
        assertThat(tool.mergeOrigin(location(), revision(tool.read(location()), "b2")))
                .isEqualTo(MergeOrigin.NO_MERGE);
        assertThat(tool.footprint(location(), merge).upgrade().effects()).isEmpty();
        assertThat(tool.authors(location(), List.of(merge))).singleElement()
                .satisfies(it -> assertThat(it.generated()).isTrue());
    }

    @Test
    void what_cannot_be_merged_is_said_in_a_sentence_and_nothing_is_written() throws IOException {
        List<Path> before = files();

        assertThat(List.of(merge("b2", "a1"), merge("b2", "nowhere"), merge("b2", "b2"))).allSatisfy(
                merge -> assertThat(newTool().merge(location(), merge)).isInstanceOfSatisfying(NotComputed.class,
                        it -> assertThat(it.reason()).matches("\\p{Lu}.*\\.")));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_command_for_a_merge_names_all_of_it() {
        assertThat(newTool().mergeCommand(location(), merge("b2", "c3"))).contains("b2", "c3", "m9", "both sides");
    }

    @Test
    void a_file_with_another_parent_does_the_same() throws IOException {
        MigrationTool tool = newTool();
        Revision before = revision(tool.read(location()), "c3");
        Footprint footprint = tool.footprint(location(), before);
        ProposedFile proposed = tool.reparented(location(), before, List.of("b2"));
        assertThat(proposed).isInstanceOf(Computed.class);
        Computed file = (Computed) proposed;
        assertThat(tool.path(location(), file.file())).isEqualTo(file("c3"));
        Files.write(file("c3"), file.bytes());
        History after = tool.read(location());

        assertThat(revision(after, "c3").parents()).containsExactly("b2");
        assertThat(after.graph().heads()).containsExactly("c3");
        assertThat(tool.footprint(location(), revision(after, "c3")).upgrade().changes())
                .extracting(Effect.Change::object)
                .isEqualTo(footprint.upgrade().changes().stream().map(Effect.Change::object).toList());
    }

    @Test
    void the_url_of_the_database_is_read_replaced_and_never_shown() throws IOException {
        DatabaseTarget database = newTool().database(location());
        assertThat(database.url().literal()).isEqualTo(URL);
        assertThat(database.toString()).doesNotContain("s3cr3t");

        List<Path> before = files();
        Map<Path, byte[]> replaced = newTool().withUrl(location(), "postgresql://other:p%40ss@scratch/db");
        assertThat(files()).isEqualTo(before);
        assertThat(newTool().database(location()).url().literal()).as("not written yet").isEqualTo(URL);
        for (Map.Entry<Path, byte[]> file : replaced.entrySet()) {
            assertThat(file.getKey()).isAbsolute().isRegularFile();
            Files.write(file.getKey(), file.getValue());
        }
        assertThat(newTool().database(location()).url().literal()).isEqualTo("postgresql://other:p%40ss@scratch/db");
    }

    @Test
    void an_invocation_has_all_that_a_call_needs_and_hides_secrets() {
        ScriptsLocation location = newTool().configuration(new ConfigRequest(List.of(), null, project(), Map.of(),
                List.of("tenant=acme", "password=s3cr3t")));
        ToolInvocation invocation = newTool().invocation(location);

        assertThat(invocation.workingFolder()).isEqualTo(project().toString());
        assertThat(invocation.config()).as("the tool finds it by itself").isEmpty();
        assertThat(invocation.arguments()).containsExactly("tenant=acme", "password=***");
        assertThat(newTool().call(location, List.of("its-name"), new ToolAction.Upgrade("b2")))
                .startsWith("its-name").contains("tenant=acme", "password=s3cr3t").endsWith("b2");
        assertThat(newTool().mergeCommand(location, merge("b2", "c3"))).doesNotContain("s3cr3t");
    }

    @Test
    void without_its_configuration_the_folder_is_known_and_nothing_is_called() throws IOException {
        ScriptsLocation location = location();
        String workingFolder = newTool().invocation(location).workingFolder();
        for (Path file : newTool().withUrl(location, URL).keySet()) {
            Files.delete(file);
        }

        assertThat(newTool().unreadInvocation(location).workingFolder()).isEqualTo(workingFolder);
        ScriptsLocation scripts = new ScriptsLocation.Folder(projects().scripts(), project());
        assertThat(ids(newTool().read(scripts))).containsExactlyInAnyOrder("a1", "b2", "c3");
        assertThatThrownBy(() -> newTool().call(scripts, List.of(), new ToolAction.ShowState()))
                .isInstanceOf(CommandFailure.class);
    }

    @Test
    void the_tool_itself_does_what_was_read() throws Exception {
        MigrationTool tool = newTool();
        String url = projects().newDatabase();
        useUrl(url);
        List<String> program = projects().program();

        assertThat(run(tool.call(location(), program, new ToolAction.ShowVersion()))).isNotBlank();
        run(tool.call(location(), program, new ToolAction.Upgrade("b2")));
        assertThat(projects().versions(url)).containsExactly("b2");
        assertThat(projects().tables(url)).containsExactlyInAnyOrderElementsOf(
                Stream.of("a1", "b2").map(id -> tool.footprint(location(), revision(tool.read(location()), id)))
                        .flatMap(footprint -> footprint.upgrade().changes().stream()).map(Effect.Change::object)
                        .filter(object -> object.kind() == ObjectKind.TABLE).map(ObjectName::name).toList());
        assertThat(run(tool.call(location(), program, new ToolAction.ShowState()))).contains("b2");
    }

    @Test
    void a_call_that_fails_says_which_script_failed_and_why() throws Exception {
        MigrationTool tool = newTool();
        useUrl(projects().newDatabase());
        Path again = projects().add(project(), "d4", List.of("b2"), "routes");
        Process process = start(tool.call(location(), projects().program(), new ToolAction.Upgrade("d4")));
        String output = new String(process.getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isNotZero();

        assertThat(tool.failure(output).script()).isEqualTo(String.valueOf(again.getFileName()));
        assertThat(tool.failure(output).error()).contains("routes").doesNotContain("\n");
    }

    @Test
    void any_output_says_something_of_a_failure() {
        assertThat(Stream.of("", "\n", "Killed", "Traceback (most recent call last):\n", "a\0b"))
                .allSatisfy(output -> assertThat(newTool().failure(output).error()).isNotBlank()
                        .doesNotContain("\n"));
    }

    private Path project() {
        return folder.resolve("project");
    }

    private static ConfigRequest request(Path project) {
        return new ConfigRequest(List.of(), null, project, Map.of(), List.of());
    }

    private ScriptsLocation location() {
        return location(project());
    }

    private ScriptsLocation location(Path project) {
        return newTool().configuration(request(project));
    }

    private History read() {
        return newTool().read(location());
    }

    private Path file(String id) {
        return newTool().path(location(), revision(read(), id).file());
    }

    private static Revision revision(History history, String id) {
        return history.revisions().stream().filter(it -> it.revision().equals(id)).findFirst().orElseThrow();
    }

    private static List<String> ids(History history) {
        return history.revisions().stream().map(Revision::revision).toList();
    }

    private static NewMerge merge(String... heads) {
        return new NewMerge(List.of(heads), "both sides", "m9", null, Instant.EPOCH.atZone(ZoneOffset.UTC));
    }

    private static ObjectName table(String name) {
        return ObjectName.table(null, name);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    private void useUrl(String url) throws IOException {
        for (Map.Entry<Path, byte[]> file : newTool().withUrl(location(), url).entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    private String run(List<String> call) throws Exception {
        Process process = start(call);
        String output = new String(process.getInputStream().readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", call, output).isZero();
        return output;
    }

    private Process start(List<String> call) throws IOException {
        Process process = new ProcessBuilder(call).directory(project().toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }
}
