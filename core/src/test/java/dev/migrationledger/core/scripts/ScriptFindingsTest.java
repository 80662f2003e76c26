package dev.migrationledger.core.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.text.PlainWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** The sentence of each kind of script problem; the golden event holds one of each, which a test of the contracts checks. */
class ScriptFindingsTest {

    private static final Path ONE_OF_EACH = Path.of(
            "../api-contracts/src/test/resources/golden/agent.scripts-scanned.v1.json");

    static Stream<ScriptProblem> problems() throws IOException {
        return JsonMapper.shared().readTree(Files.readString(ONE_OF_EACH)).findValue("problems").valueStream()
                .map(node -> ContractJson.read(node.toString().getBytes(StandardCharsets.UTF_8), ScriptProblem.class));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void is_one_plain_sentence_with_a_value_and_what_to_do_below(ScriptProblem problem) {
        Finding finding = ScriptFindings.of(problem);

        assertThat(PlainWords.faults(finding)).isEmpty();
        assertThat(finding.evidence())
                .filteredOn(Exhibit::isSentence)
                .isNotEmpty()
                .extracting(Exhibit::value).allSatisfy(detail -> assertThat(detail).doesNotContain("null"));
    }
}
