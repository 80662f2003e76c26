package dev.migrationledger.agent.physical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.watch.AlembicMigrations;
import dev.migrationledger.testsupport.alembic.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories are run by a real Alembic to every set of heads that they can have, stamped with every other, and damaged. What is
 * reported of each schema is counted in docs/doctor.md, between two marks; only a whole sweep ({@code -Psweeps}) compares that part, and
 * only {@code -Psweeps -Dgolden.update=true} writes it.
 */
class SoundnessTest {

    private static final Path PAGE = Path.of("../docs/doctor.md");

    private static final String FROM = "<!-- from here to the next mark written by SoundnessTest -->\n";
    private static final String TO = "<!-- until here -->\n";

    private static final int LINES = 5;
    private static final int BRANCHED = 6;

    /** Percent of them; the sample project and one history of each kind always run. */
    private static final int SWEEPS = Integer.getInteger("sweeps", 100);

    /** Other histories than those of the page: {@code -Dsoundness.seeds=100-159} makes a line and a branched one of each seed. */
    private static final @Nullable String SEEDS = System.getProperty("soundness.seeds");

    @TempDir
    Path folder;

    private final Soundness soundness = new Soundness();

    @Test
    void the_truth_is_always_among_the_candidates() throws Exception {
        String python = Python.withAlembic().interpreter();
        if (SEEDS != null) {
            int from = Integer.parseInt(SEEDS.substring(0, SEEDS.indexOf('-')));
            int to = Integer.parseInt(SEEDS.substring(SEEDS.indexOf('-') + 1));
            lines(from, to, python);
            branches(from, to, python);
            System.out.println(soundness.table());
            assertNothingIsWrong();
            return;
        }
        judge("the sample project", copy(Path.of("../docs/sample/navbot")), python);
        lines(1, Math.max(1, LINES * SWEEPS / 100), python);
        branches(1, Math.max(1, BRANCHED * SWEEPS / 100), python);
        if (SWEEPS != 100) {
            assertNothingIsWrong();
            return;
        }
        String page = Files.readString(PAGE);
        int from = page.indexOf(FROM) + FROM.length();
        int to = page.indexOf(TO);
        if (Boolean.getBoolean("golden.update")) {
            page = page.substring(0, from) + soundness.table() + page.substring(to);
            Files.writeString(PAGE, page);
            to = page.indexOf(TO);
        }
        assertNothingIsWrong();
        assertThat(soundness.table()).isEqualTo(page.substring(from, to));
    }

    private void lines(int first, int last, String python) throws Exception {
        for (int seed = first; seed <= last; seed++) {
            Path project = folder.resolve("line" + seed);
            GeneratedHistory.line(project, seed, 14);
            judge("generated, a line", project, python);
        }
    }

    private void branches(int first, int last, String python) throws Exception {
        for (int seed = first; seed <= last; seed++) {
            Path project = folder.resolve("branches" + seed);
            GeneratedHistory.branches(project, seed, 9, 24);
            judge("generated, with branches and merges", project, python);
        }
    }

    private void assertNothingIsWrong() {
        List<String> wrong = soundness.wrong();
        assertThat(wrong.subList(0, Math.min(wrong.size(), 20))).as("the first of %d", wrong.size()).isEmpty();
    }

    private Path copy(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve("sample").resolve(project.relativize(file)));
            }
        }
        return folder.resolve("sample");
    }

    private void judge(String kind, Path project, String python) throws Exception {
        Project read = Project.in(project);
        Walk walk;
        try (AlembicMigrations alembic = AlembicMigrations.in(project, python)) {
            walk = Walk.from(Stop.first(read.graph(), 100), alembic, new Random(read.name().hashCode()), 1);
        }
        if (SEEDS == null) {
            assertThat(walk.leftOut()).as("revisions of %s that do not run", read.name()).isEmpty();
        }
        Project ran = read.without(walk.leftOut());
        soundness.add(kind, new Judge(ran.name(), ran.graph(), ran.footprints(), walk.seen()), 1);
    }
}
