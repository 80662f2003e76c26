package dev.migrationledger.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** How a command ends that fails itself. */
class MainTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IllegalStateException("a bug \u001b[2J"), "internal error, please report it: "
                        + "java.lang.IllegalStateException: a bug \\u001b[2J"),
                Arguments.of(new Exception("a bug"), "internal error, please report it: java.lang.Exception: a bug"),
                Arguments.of(new NoClassDefFoundError("gone"), "internal error, please report it: "
                        + "java.lang.NoClassDefFoundError: gone"),
                Arguments.of(new StackOverflowError(), "out of memory (StackOverflowError; heap limit "),
                Arguments.of(new OutOfMemoryError(), "out of memory (OutOfMemoryError; heap limit "));
    }

    /** 1 means findings: a pipeline would take a bug for a fault of its database. */
    @ParameterizedTest
    @MethodSource("failures")
    void a_command_that_fails_itself_could_not_tell(Throwable failure, String words) {
        StringWriter output = new StringWriter();
        CommandLine line = Main.commandLine().addSubcommand("broken", new Broken(failure))
                .setErr(new PrintWriter(output));

        assertThat(Main.execute(line, "broken")).isEqualTo(ExitCode.UNKNOWN);

        assertThat(output.toString()).startsWith("migration-agent: " + words);
        assertThat(output.toString().lines()).hasSize(1);
    }

    @Test
    void a_command_has_the_name_of_its_annotation() {
        assertThat(Main.commandLine().getSubcommands()).isNotEmpty().allSatisfy((name, line) -> assertThat(
                line.getCommandSpec().userObject().getClass().getAnnotation(Command.class).name()).isEqualTo(name));
    }

    /** Only the command that is asked for is set up: no difference may show. */
    @ParameterizedTest
    @ValueSource(strings = {"heads --help", "doctor --no-such-option", "capture status --help", "no-such-command",
        "--help", "run --help"})
    void the_command_that_is_asked_for_behaves_as_among_all(String line) {
        String[] args = line.split(" ");

        assertThat(output(Main.commandLineFor(args), args)).isEqualTo(output(Main.commandLine(), args)).isNotEmpty();
    }

    /** A first word is a mistyped command, not a secret. */
    @Test
    void a_mistyped_command_is_named() {
        assertThat(output(Main.commandLineFor("docter"), "docter"))
                .isEqualTo("2\nmigration-agent: Unknown command 'docter'.\nTry 'migration-agent --help'.\n");
    }

    private static String output(CommandLine line, String... args) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int exit = Main.execute(line.setOut(writer).setErr(writer), args);
        return exit + "\n" + output;
    }

    @Command
    record Broken(Throwable failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }
}
