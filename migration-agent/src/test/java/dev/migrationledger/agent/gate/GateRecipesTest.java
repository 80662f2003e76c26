package dev.migrationledger.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.migrationledger.agent.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each command of docs/gate.md is one that the agent understands, also where a file of a pipeline or a cluster has it. */
class GateRecipesTest {

    /** In a shell, at a prompt, or as a step of a pipeline. */
    private static final Pattern LINE = Pattern.compile("(?m)^ *(?:\\$ |- |- run: )?migration-agent (.+)$");

    /** As a list of YAML or JSON. */
    private static final Pattern LIST = Pattern.compile("\\[\\s*\"migration-agent\"\\s*,([^\\]]*)\\]");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private static final Pattern TARGET = Pattern.compile("TARGET=\"([^\"]*)\"");

    @Test
    void every_command_of_the_page_is_understood() throws IOException {
        String page = Files.readString(Path.of("../docs/gate.md"));
        List<List<String>> commands = Stream.concat(lines(page), lists(page)).toList();
        assertThat(commands).hasSizeGreaterThanOrEqualTo(14);
        assertThat(commands).extracting(List::getFirst).contains("gate", "run", "approve", "override");
        assertThat(commands).allSatisfy(words -> assertThatCode(
                () -> Main.commandLine().parseArgs(words.toArray(String[]::new)))
                .as(String.join(" ", words)).doesNotThrowAnyException());
    }

    private static Stream<List<String>> lines(String page) {
        Matcher target = TARGET.matcher(page);
        assertThat(target.find()).isTrue();
        // A synopsis has brackets around what may be left out.
        return LINE.matcher(page).results().map(found -> found.group(1)).filter(line -> !line.contains("["))
                .map(line -> line.replaceAll("\\$\\{\\{.*?}}|\\$CI_\\w+", "4f2a91c").replace("${GATE_WAIT:-5m}", "5m")
                        .replace("$TARGET", target.group(1)))
                .map(GateRecipesTest::words);
    }

    private static Stream<List<String>> lists(String page) {
        return LIST.matcher(page).results().map(found -> words(found.group(1).replace(',', ' ')));
    }

    private static List<String> words(String line) {
        return WORD.matcher(line).results().map(word -> word.group(1) == null ? word.group(2) : word.group(1)).toList();
    }
}
