package dev.migrationledger.agent.tool.alembic.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.golden.GoldenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each script of {@code src/test/resources/footprint/scripts} has its footprint beside it. That is rewritten only with
 * {@code -Dgolden.update=true}.
 */
class FootprintGoldenTest {

    private static final Path CASES = Path.of("src/test/resources/footprint/scripts");

    @TempDir
    Path folder;

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(".py"))
                    .map(name -> name.substring(0, name.length() - ".py".length())).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_script_has_the_footprint_expected(String name) throws IOException {
        Files.copy(CASES.resolve(name + ".py"), folder.resolve("script.py"));
        ScriptsLocation location = new ScriptsLocation.Folder(folder, folder);
        Footprint footprint = MigrationTools.of(location).footprint(
                location, MigrationTools.of(location).read(location).revisions().getFirst());

        String actual = ContractJson.pretty(footprint).stripTrailing() + "\n";
        GoldenFile.compare(CASES.resolve(name + ".json"), actual);
        assertThat(ContractJson.read(actual.getBytes(StandardCharsets.UTF_8), Footprint.class)).isEqualTo(footprint);
    }
}
