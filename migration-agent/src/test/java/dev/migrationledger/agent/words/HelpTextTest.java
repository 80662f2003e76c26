package dev.migrationledger.agent.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.testsupport.text.AvoidedWords;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What {@code --help} says, of every command. */
class HelpTextTest {

    private static final Pattern TORN = Pattern.compile("(?m)[./]$\\R\\s+\\S*[a-z]+(/|\\.ini|toml)");

    static Stream<CommandSpec> commands() {
        return commands(Main.commandLine());
    }

    private static Stream<CommandSpec> commands(CommandLine line) {
        return Stream.concat(Stream.of(line.getCommandSpec()),
                line.getSubcommands().values().stream().flatMap(HelpTextTest::commands));
    }

    @Test
    void every_command_is_read() {
        assertThat(commands()).extracting(CommandSpec::name).hasSizeGreaterThan(14)
                .contains("migration-agent", "doctor", "install", "run");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_and_option_is_described_in_sentences(CommandSpec command) {
        assertThat(String.join(" ", command.usageMessage().description())).as(command.name()).endsWith(".");
        assertThat(command.args()).allSatisfy(argument -> assertThat(description(argument))
                .as("%s of %s", argument, command.name()).isNotBlank().endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_default_is_named_once(CommandSpec command) {
        assertThat(command.options()).filteredOn(option -> option.defaultValue() != null && !option.usageHelp()
                && option.arity().max() > 0)
                .allSatisfy(option -> assertThat(description(option)).as("%s of %s", option, command.name())
                        .containsOnlyOnce("(default: " + option.defaultValue() + ")"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void sentences_are_short_and_plain(CommandSpec command) {
        assertThat(texts(command)).allSatisfy(text -> {
            assertThat(AvoidedWords.longSentences(text)).as(command.name()).isEmpty();
            assertThat(AvoidedWords.problems(text)).as(command.name()).isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void no_line_is_wider_than_a_terminal_and_no_path_is_torn(CommandSpec command) {
        String usage = command.commandLine().getUsageMessage(Ansi.OFF);
        assertThat(usage.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(TORN.matcher(usage).results().map(found -> found.group())).as(usage).isEmpty();
    }

    private static Stream<String> texts(CommandSpec command) {
        UsageMessageSpec usage = command.usageMessage();
        return Stream.of(
                Stream.of(String.join(" ", usage.description()), String.join("\n", usage.footer())),
                usage.exitCodeList().values().stream(),
                command.args().stream().map(HelpTextTest::description)).flatMap(all -> all);
    }

    private static String description(ArgSpec argument) {
        return String.join(" ", argument.description()).replace("${DEFAULT-VALUE}",
                String.valueOf(argument.defaultValue()));
    }
}
