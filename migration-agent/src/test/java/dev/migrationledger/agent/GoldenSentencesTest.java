package dev.migrationledger.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.text.PlainWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every finding of a golden file, whichever command printed it, reads as plain English. */
class GoldenSentencesTest {

    private static final Path GOLDEN = Path.of("src/test/resources");

    /** A transcript may hold several documents. */
    private static final Pattern DOCUMENT = Pattern.compile("(?ms)^\\{$.*?^}$");

    @Test
    void every_finding_of_a_golden_file_reads_as_plain_english() throws IOException {
        List<Finding> findings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            for (Path file : files.filter(it -> it.toString().matches(".*\\.(json|txt)")).sorted().toList()) {
                String text = Files.readString(file).replace("\r\n", "\n");
                DOCUMENT.matcher(text).results().forEach(document -> collect(
                        JsonMapper.shared().readTree(document.group()), findings));
            }
        }
        assertThat(findings).hasSizeGreaterThan(20).flatExtracting(PlainWords::faults).isEmpty();
    }

    private static void collect(JsonNode node, List<Finding> findings) {
        if (node.isObject() && node.has("severity") && node.has("message") && node.has("evidence")) {
            findings.add(ContractJson.read(node.toString().getBytes(StandardCharsets.UTF_8), Finding.class));
        } else {
            node.forEach(child -> collect(child, findings));
        }
    }
}
