package dev.migrationledger.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.alembic.Python;
import dev.migrationledger.testsupport.alembic.RealAlembic;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample's SQL is what Alembic makes of the sample's scripts. */
class SampleSqlTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "001_initial", "002_rename_metadata", "003_knowledge_chunks", "003_other_feature", "004_rename_chunks_metadata"
    })
    void a_step_is_what_alembic_prints(String revision) throws Exception {
        Python.withAlembic();
        SampleLayout layout = SampleLayout.here();
        SampleStep step = SampleStep.upTo(revision, layout.steps()).getLast();

        String range = (step.parent() == null ? "base" : step.parent()) + ":" + revision;
        String printed = RealAlembic
                .in(layout.project(), Map.of("DATABASE_URL", "postgresql://nobody@127.0.0.1/nowhere")).run("upgrade",
                        range,
                        "--sql");

        String heading = "-- Running upgrade " + (step.parent() == null ? "" : step.parent()) + " -> " + revision;
        assertThat(printed).contains(heading);
        String statements = printed.substring(printed.indexOf(heading) + heading.length());
        assertThat(plain(statements.substring(0, statements.indexOf("alembic_version")))).startsWith(plain(step.sql()));
    }

    /** Without blanks at the ends of lines and empty lines. */
    private static String plain(String sql) {
        return sql.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }
}
