package dev.migrationledger.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.contracts.text.Redaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What this program says of itself, such as an example of a URL, is never taken for a secret. */
class OwnWordsTest {

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    @Test
    void no_usage_text_is_masked() {
        List<String> usages = new ArrayList<>();
        usages(Main.commandLine(), usages);
        assertThat(usages).hasSizeGreaterThan(10).allSatisfy(usage -> assertThat(masked(usage)).isEqualTo(usage));
    }

    @Test
    void no_example_of_a_url_is_masked() {
        for (String wrong : List.of("mysql://db/app", "nonsense", "postgresql://db/x@y", "postgresql://db:port/app",
                "jdbc:mysql://db/app", "jdbc:postgresql://u@db:1/app")) {
            assertThat(output(List.of("schema", "--database", wrong))).as(wrong)
                    .contains("postgresql://USER@HOST:5432/DATABASE").contains("PGPASSWORD").doesNotContain("***");
        }
    }

    @Test
    void no_text_of_the_program_is_masked() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(100);
            for (Path source : sources) {
                Matcher literal = LITERAL.matcher(Files.readString(source).replaceAll("\"\\s*\\n\\s*\\+ \"", ""));
                while (literal.find()) {
                    String text = literal.group(1).replace("\\\"", "\"");
                    assertThat(masked(text)).as(source.toString()).isEqualTo(text);
                }
            }
        }
    }

    private static String masked(String text) {
        return text.lines().map(Redaction::of).reduce((one, other) -> one + "\n" + other).orElse("")
                + (text.endsWith("\n") ? "\n" : "");
    }

    private static void usages(CommandLine command, List<String> usages) {
        usages.add(command.getUsageMessage(CommandLine.Help.Ansi.OFF));
        command.getSubcommands().values().forEach(inner -> usages(inner, usages));
    }

    private static String output(List<String> words) {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        String[] arguments = words.toArray(String[]::new);
        Main.execute(Main.commandLineFor(arguments).setOut(writer).setErr(writer), arguments);
        return output.toString();
    }
}
