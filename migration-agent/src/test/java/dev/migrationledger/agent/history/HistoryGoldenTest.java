package dev.migrationledger.agent.history;

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
 * Each folder of {@code src/test/resources/history} is a case: the files of a project, {@code commands} (one on each line), and
 * {@code expected.txt}, what is seen in a terminal when they are typed one after the other. The last one is rewritten only
 * with {@code -Dgolden.update=true}.
 */
class HistoryGoldenTest {

    private static final Path CASES = Path.of("src/test/resources/history");

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> String.valueOf(folder.getFileName())).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_command_answers_as_expected(String name) throws IOException {
        Path folder = CASES.resolve(name);
        StringBuilder transcript = new StringBuilder();
        for (String command : Files.readAllLines(folder.resolve("commands"))) {
            transcript.append(transcript.isEmpty() ? "" : "\n").append(run(folder, command));
        }
        GoldenFile.compare(folder.resolve("expected.txt"), transcript.toString());
    }

    private static String run(Path folder, String arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        // In place of those that search the folder where the tests run.
        CommandLine commandLine = Main.commandLineFor("heads")
                .addSubcommand("heads-here", new HeadsCommand(new ScriptsOptions(folder, Map.of())))
                .addSubcommand("history-here", new HistoryCommand(new ScriptsOptions(folder, Map.of())))
                .addSubcommand("show-here", new ShowCommand(new ScriptsOptions(folder, Map.of())))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        String[] words = arguments.split(" ");
        words[0] = words[0] + "-here";
        int exit = commandLine.execute(words);
        return "$ migration-agent %s\n%s%s(exit %d)\n".formatted(arguments, portable(out, folder),
                portable(err, folder), exit);
    }

    private static String portable(StringWriter written, Path folder) {
        return written.toString()
                .replace("\r\n", "\n")
                .replace("-here", "")
                .replace(folder.toAbsolutePath().toString(), "/project");
    }
}
