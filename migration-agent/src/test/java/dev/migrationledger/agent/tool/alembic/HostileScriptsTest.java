package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.cli.MemoryLimit;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.unread.FileReason.AgentFailure;
import dev.migrationledger.contracts.unread.FileReason.MemoryExceeded;
import dev.migrationledger.contracts.unread.FileReason.Obstacle;
import dev.migrationledger.contracts.unread.FileReason.UnreadFile;
import dev.migrationledger.contracts.unread.SqlReason.BracketsTooDeep;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.Called;
import dev.migrationledger.contracts.unread.ValueReason.InvalidSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For every script, reading it ends, within the memory and the stack that there are, and says what it could not read. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HostileScriptsTest {

    @TempDir
    Path folder;

    static Stream<String> hostile() {
        return HostileScripts.all().keySet().stream();
    }

    static Stream<String> benign() {
        return HostileScripts.benign().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void a_hostile_script_is_read_or_reported_as_unread(String name) throws IOException {
        RevisionFile file = read(Objects.requireNonNull(HostileScripts.all().get(name)).get());
        Effects upgrade = file.footprint().upgrade();
        assertThat(upgrade.unknowns()).extracting(Effect.Unread::reason)
                .doesNotHaveAnyElementsOfTypes(AgentFailure.class, MemoryExceeded.class)
                .doesNotContain(new UnreadFile(Obstacle.FILE_TOO_DEEP));
        // Code before the hostile part is known, unless Python itself would not take the file.
        assertThat(upgrade.changes().stream().anyMatch(change -> change.object().name().equals("made"))
                || upgrade.unknowns().stream().anyMatch(unread -> unread.reason() instanceof InvalidSource)
                || upgrade.unknowns().stream().anyMatch(unread -> unread.expression().equals("def upgrade")))
                .as("%s", upgrade.unknowns()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("benign")
    void what_people_write_is_read_however_long_it_is(String name) throws IOException {
        assertThat(read(Objects.requireNonNull(HostileScripts.benign().get(name))).footprint().upgrade().unknowns())
                .isEmpty();
    }

    @Test
    void only_the_statement_that_is_too_deep_is_unread() throws IOException {
        RevisionFile file = read("""
                from alembic import op
                def upgrade():
                    op.execute('''CREATE TABLE before (id int); SELECT %s; CREATE TABLE after (id int)''')
                """.formatted("(".repeat(5_000) + ")".repeat(5_000)));
        assertThat(file.footprint().upgrade().changes()).extracting(change -> change.object().name())
                .contains("before", "after");
        assertThat(file.footprint().upgrade().unknowns()).singleElement().extracting(Effect.Unread::reason)
                .isEqualTo(new BracketsTooDeep(250));
    }

    @Test
    void folders_within_one_another_are_read_as_far_as_the_file_system_goes() throws IOException {
        Path deep = folder.resolve("versions");
        for (int i = 0; i < 1_500; i++) {
            deep = deep.resolve("d");
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("a.py"), "revision = 'a'\ndown_revision = None\n");
        Files.writeString(folder.resolve("alembic.ini"),
                "[alembic]\nscript_location = %(here)s\nrecursive_version_locations = true\n");
        History history = new Alembic().read(new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", folder));
        assertThat(history.graph().heads()).containsExactly("a");
        assertThat(history.problems()).isEmpty();
        // JUnit would take half a minute.
        for (Path one = deep.resolve("a.py"); one != null
                && !one.equals(folder.resolve("versions")); one = one.getParent()) {
            Files.delete(one);
        }
    }

    @Test
    void a_configuration_that_nests_without_end_is_reported() throws IOException {
        Files.createDirectory(folder.resolve("versions"));
        Files.writeString(folder.resolve("pyproject.toml"),
                "[tool.alembic]\nscript_location = 'versions'\nx = " + "[".repeat(500_000) + "]".repeat(500_000));
        History history = new Alembic()
                .read(new ScriptsLocation.Config(null, Path.of("pyproject.toml"), "alembic", folder));
        assertThat(history.problems()).hasAtLeastOneElementOfType(ConfigProblem.NestedTooDeeply.class);
    }

    @Test
    void an_env_py_that_cannot_be_followed_may_set_anything() throws IOException {
        Files.createDirectory(folder.resolve("versions"));
        Files.writeString(folder.resolve("env.py"), "# " + "x".repeat(2 << 20) + "\n");
        Files.writeString(folder.resolve("alembic.ini"),
                "[alembic]\nscript_location = %(here)s\nsqlalchemy.url = postgresql://ini/db\n");
        assertThat(new Alembic().database(new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", folder))
                .complete()).isFalse();
    }

    @Test
    void each_failure_while_a_file_is_read_becomes_a_reason() {
        assertThat(FileReading.<UnreadReason>orElse(() -> new Called(endless(1)), reason -> reason))
                .isEqualTo(new UnreadFile(Obstacle.FILE_TOO_DEEP));
        assertThat(FileReading.<UnreadReason>orElse(() -> {
            throw new OutOfMemoryError();
        }, reason -> reason)).isEqualTo(new MemoryExceeded(MemoryLimit.megabytes()));
        assertThat(FileReading.<UnreadReason>orElse(() -> {
            throw new IllegalStateException("password=secret");
        }, reason -> reason)).isInstanceOfSatisfying(AgentFailure.class, failure -> assertThat(failure.error())
                .startsWith("IllegalStateException in HostileScriptsTest.java:").doesNotContain("secret"));
    }

    private static String endless(int depth) {
        return depth == 0 ? "" : "a" + endless(depth + 1);
    }

    private RevisionFile read(String script) throws IOException {
        Path versions = Files.createDirectories(folder.resolve("versions"));
        Files.writeString(versions.resolve("a.py"), "revision = 'a'\ndown_revision = None\n" + script);
        ScriptsLocation location = new ScriptsLocation.Folder(Path.of("versions"), folder);
        History history = new Alembic().read(location);
        assertThat(history.revisions()).as("%s", history.problems()).hasSize(1);
        return new Alembic().files(location, history.revisions()).getFirst();
    }
}
