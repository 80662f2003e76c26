package dev.migrationledger.agent.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.testsupport.golden.GoldenFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Each folder of {@code src/test/resources/scan} is a case: the files of a project, {@code arguments} (those of the command,
 * on one line), and what came of them: {@code expected.txt} with the exit code and {@code expected.json}. The last two are
 * rewritten only with {@code -Dgolden.update=true}.
 */
class ScanGoldenTest {

    private static final Path CASES = Path.of("src/test/resources/scan");

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> String.valueOf(folder.getFileName())).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void text_and_json_are_as_expected(String name) throws IOException {
        Path folder = CASES.resolve(name);
        String arguments = Files.readString(folder.resolve("arguments")).strip();
        GoldenFile.compare(folder.resolve("expected.txt"), transcript(folder, arguments));
        String json = run(folder, (arguments + " --output json").strip()).out();
        if (json.isEmpty()) {
            assertThat(folder.resolve("expected.json")).doesNotExist();
        } else {
            GoldenFile.compare(folder.resolve("expected.json"), json);
        }
    }

    private static String transcript(Path folder, String arguments) {
        Run run = run(folder, arguments);
        return "$ migration-agent scan %s\n%s%s(exit %d)\n".formatted(arguments, run.out(), run.err(), run.exit());
    }

    private record Run(String out, String err, int exit) {}

    /** As in the folder, and with the folder's own name in place of the machine's. */
    private static Run run(Path folder, String arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLineFor("scan")
                .addSubcommand("here", new ScanCommand(new ScriptsOptions(folder, Map.of())))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int exit = command.execute(
                Stream.concat(Stream.of("here"), Stream.of(arguments.split(" ")).filter(word -> !word.isEmpty()))
                        .toArray(String[]::new));
        return new Run(portable(out, folder), portable(err, folder), exit);
    }

    private static String portable(StringWriter written, Path folder) {
        return written.toString()
                .replace("\r\n", "\n")
                .replace(folder.toAbsolutePath().toString(), "/project");
    }
}
