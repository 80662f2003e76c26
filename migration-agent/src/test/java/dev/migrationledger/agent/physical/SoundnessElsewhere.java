package dev.migrationledger.agent.physical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrationledger.agent.watch.AlembicMigrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same for a project of one's own: {@code -Dsoundness.project=FOLDER} names a folder with {@code alembic.ini} and an {@code env.py} that
 * takes its database from the variable {@code DATABASE_URL}. Revisions that fail are stamped and left out. The table is written to {@code
 * target/soundness.md}.
 */
@EnabledIfSystemProperty(named = "soundness.project", matches = ".+", disabledReason = "a folder to measure is named by hand")
class SoundnessElsewhere {

    /** Sets of heads that are visited at most. */
    private static final int MOST = 3_000;

    /** A thousand stops with all that could be done at each take hours: damage is done at each of so many, stamps are tried at as many. */
    private static final int EVERY = Integer.getInteger("soundness.every", 10);

    @Test
    void the_truth_is_among_what_is_said_of_a_project_of_ones_own() throws Exception {
        Optional<String> python = AlembicMigrations.python();
        assumeTrue(python.isPresent(), "neither python3 nor /usr/bin/python3 can import alembic and psycopg2");
        Path folder = Path.of(System.getProperty("soundness.project")).toAbsolutePath();
        Project project = Project.in(folder);
        Walk walk;
        try (AlembicMigrations alembic = AlembicMigrations.in(folder, python.get())) {
            walk = Walk.from(Stop.first(project.graph(), MOST), alembic, new Random(1), EVERY);
        }
        Project run = project.without(walk.leftOut());
        Soundness soundness = new Soundness();
        soundness.add(run.name(), new Judge(run.name(), run.graph(), run.footprints(), walk.seen()), EVERY);

        Files.writeString(Path.of("target/soundness.md"),
                "Left out: %s\n\n%s".formatted(walk.leftOut(), soundness.table()));
        List<String> wrong = soundness.wrong();
        assertThat(wrong.subList(0, Math.min(wrong.size(), 20))).as("the first of %d", wrong.size()).isEmpty();
    }
}
