package dev.migrationledger.agent.tool.alembic.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.testsupport.alembic.Python;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Scripts as Python's own library writes them anew, with nothing changed and with one thing changed in any place. */
class RewritingsTest {

    /** Of each file. */
    private static final int OTHERS = 4;

    @TempDir
    Path folder;

    @Test
    void only_what_does_something_else_has_another_digest() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(OTHERS)));
        try (Stream<Path> all = Files.walk(Path.of("src/test/resources"))) {
            // Of patterns the notation counts.
            all.filter(file -> file.toString().endsWith(".py") && !file.endsWith("variety.py")).sorted()
                    .map(Path::toString).forEach(arguments::add);
        }
        JsonNode written = Python.importing("ast")
                .json(folder, "/python/rewritings.py", arguments.toArray(String[]::new));
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (String file : arguments.subList(1, arguments.size())) {
            Optional<SemanticDigest> digest = written.has(file)
                    ? SemanticDigests.of(Source.of(file, Files.readAllBytes(Path.of(file))))
                    : Optional.empty();
            if (digest.isEmpty()) {
                continue;
            }
            if (!of(written.get(file).get("same").stringValue()).equals(digest)) {
                wrong.add(file + ": laid out anew");
            }
            for (JsonNode other : written.get(file).get("others")) {
                compared++;
                if (of(other.get(1).stringValue()).equals(digest)) {
                    wrong.add(file + ": " + other.get(0).stringValue());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(300);
    }

    private static Optional<SemanticDigest> of(String text) {
        return SemanticDigests.of(Source.of("x.py", text.getBytes(StandardCharsets.UTF_8)));
    }
}
