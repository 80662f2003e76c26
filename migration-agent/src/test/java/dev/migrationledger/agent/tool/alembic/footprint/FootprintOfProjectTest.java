package dev.migrationledger.agent.tool.alembic.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.testsupport.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder of {@code src/test/resources/footprint/projects} is a project: scripts in {@code versions}, each with its footprint
 * beside it, and the other files that they use. Footprints are rewritten only with {@code -Dgolden.update=true}.
 */
class FootprintOfProjectTest {

    private static final Path CASES = Path.of("src/test/resources/footprint/projects");

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void scripts_have_the_footprints_expected(String name) throws IOException {
        Path project = CASES.resolve(name);
        ScriptsLocation location = Files.exists(project.resolve("alembic.ini"))
                ? new ScriptsLocation.Config(Path.of("alembic.ini"), null, "alembic", project)
                : new ScriptsLocation.Folder(Path.of("versions"), project);
        MigrationTool tool = MigrationTools.of(location);
        List<Revision> revisions = tool.read(location).revisions();
        assertThat(revisions).isNotEmpty();
        for (Revision revision : revisions) {
            Path golden = project.resolve("versions")
                    .resolve(revision.file().replace("versions/", "").replace(".py", ".json"));
            String actual = ContractJson.pretty(tool.footprint(location, revision)).stripTrailing() + "\n";
            GoldenFile.compare(golden, actual);
        }
    }
}
