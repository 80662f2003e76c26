package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.postgresql.CatalogObjects;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.testsupport.alembic.RealAlembic;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alembic runs a history on a real PostgreSQL, and what is found there is what its footprints predict. */
class FootprintOfHistoryTest {

    private static final Path HISTORY = Path.of("src/test/resources/footprint/history").toAbsolutePath();

    private static final Comparator<ObjectName> ORDER = Comparator.comparing(ObjectName::toString);

    @TempDir
    Path folder;

    @Test
    void all_predicted_objects_are_found_and_no_others() throws Exception {
        assertThat(foretold(HISTORY)).isEqualTo(found(HISTORY, folder));
    }

    /** What a real Alembic leaves in a new database. */
    static String found(Path project, Path folder) throws Exception {
        RealAlembic alembic = RealAlembic.in(project);
        String database = TestServer.newDatabase();
        alembic.run(Map.of("DATABASE",
                "postgresql+psycopg2://postgres@127.0.0.1:%d/%s".formatted(TestServer.port(), database)),
                "upgrade", "head");
        try (Connection connection = TestServer.owner(database)) {
            return sorted(CatalogObjects.of(connection));
        }
    }

    /** What the footprints of a project predict, all of it for certain. */
    static String foretold(Path project) {
        Alembic alembic = new Alembic();
        ScriptsLocation location = new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project);
        History history = alembic.read(location);
        Prediction prediction = new Prediction();
        for (String id : history.graph().topological(history.graph().ancestors(history.graph().heads()))) {
            Revision revision = history.graph().find(id).orElseThrow();
            Footprint footprint = alembic.footprint(location, revision);
            assertThat(footprint.upgrade().unknowns()).as(revision.file()).isEmpty();
            prediction.add(footprint.upgrade());
        }
        Map<ObjectName, String> foretold = new TreeMap<>(ORDER);
        prediction.objects().forEach((name, expected) -> {
            assertThat(expected.certain()).as(name.dotted()).isTrue();
            foretold.put(name, name.kind() == ObjectKind.COLUMN ? Prediction.column(expected) : "");
        });
        return sorted(foretold);
    }

    /** One line for each, so that a difference can be read. */
    private static String sorted(Map<ObjectName, String> objects) {
        StringBuilder lines = new StringBuilder();
        Map<ObjectName, String> sorted = new TreeMap<>(ORDER);
        sorted.putAll(objects);
        sorted.forEach((name, definition) -> lines.append(name.kind()).append(' ').append(name.dotted()).append(' ')
                .append(definition).append('\n'));
        return lines.toString();
    }
}
