package dev.migrationledger.agent.physical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.physical.Elsewhere.Count;
import dev.migrationledger.agent.physical.Walk.Extras;
import dev.migrationledger.agent.watch.AlembicMigrations;
import dev.migrationledger.testsupport.alembic.Python;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The same for histories that were not made for it: {@code -Doracle.projects=DIR} names a folder of projects, each with an {@code alembic.ini}
 * and an {@code env.py} that takes its database from the variable {@code DATABASE_URL}; {@code src/test/resources/oracle/prepare.py} makes one
 * of a checkout. {@code -Doracle.only=REGEX} takes some of them, {@code -Doracle.stamps=N} tries so many wrong stamps at
 * each stop and not all. Modules of the application are made up where they
 * are missing; a revision that fails without them is emptied and left out. What PostgreSQL itself says of a schema decides, not what the
 * agent reads. Each history's counts and faults are written to {@code target/oracle}, the table of all to {@code target/oracle/table.md} and, with
 * {@code -Dgolden.update=true}, into {@code docs/doctor.md}.
 */
@EnabledIfSystemProperty(named = "oracle.projects", matches = ".+", disabledReason = "a folder of projects is named by hand")
class SoundnessElsewhere {

    private static final Path PAGE = Path.of("../docs/doctor.md");
    private static final String FROM = "<!-- from here to the next mark written by SoundnessElsewhere -->\n";
    private static final String TO = "<!-- until here, by SoundnessElsewhere -->\n";

    private static final Path OUT = Path.of("target/oracle").toAbsolutePath();

    /** In the name of a history in other words, for which neither damage is done nor plans are run. */
    private static final String MUTATED = "~mutated";

    /** The end of a script that was emptied. */
    private static final String LEFT_OUT = "  # left out\n";

    /** Stops of a history at which damage is done, and of which copies are left for plans, at most. */
    private static final int PLACES = 6;

    private static final Set<Damage.Kind> DAMAGES = EnumSet.range(Damage.Kind.DROP_TABLE, Damage.Kind.RENAME_INDEX);

    @Test
    void nothing_false_is_reported_of_public_histories() throws Exception {
        String python = Python.withAlembic().interpreter();
        Files.createDirectories(OUT);
        List<Path> projects;
        try (Stream<Path> folders = Files.list(Path.of(System.getProperty("oracle.projects")).toAbsolutePath())) {
            Pattern only = Pattern.compile(System.getProperty("oracle.only", ""));
            projects = folders.filter(folder -> Files.exists(folder.resolve("alembic.ini"))
                    && only.matcher(String.valueOf(folder.getFileName())).find()).sorted().toList();
        }
        assertThat(projects).isNotEmpty();
        List<String> failed = new ArrayList<>();
        for (Path project : projects) {
            try {
                run(project, python);
            } catch (Exception | AssertionError e) {
                failed.add(project.getFileName() + ": " + e);
            }
            write();
        }
        assertThat(failed).isEmpty();
    }

    private static void run(Path folder, String python) throws Exception {
        String name = String.valueOf(folder.getFileName());
        Map<String, String> environment = environment(folder);
        Elsewhere counts = new Elsewhere(name);
        Project project = Project.in(folder);
        Stop first = Stop.line(project.graph());
        int stops = project.graph().ancestors(project.graph().heads()).size() + 1;
        int every = name.endsWith(MUTATED) ? Integer.MAX_VALUE : Math.max(1, stops / PLACES);
        Path before = folder.resolve("before.sql");
        Walk walk;
        try (AlembicMigrations alembic = AlembicMigrations.in(folder, python, environment)) {
            walk = Walk.from(first, alembic, new Random(1), every,
                    new Extras(Files.exists(before) ? Files.readString(before) : "",
                            name.endsWith(MUTATED) ? Set.of() : DAMAGES, true, stop -> stop % every == every / 2));
        }
        for (String revision : walk.leftOut()) {
            Files.writeString(folder.resolve(project.files().get(revision)),
                    "\n\ndef upgrade(*engine, **options):\n    pass" + LEFT_OUT, StandardOpenOption.APPEND);
        }
        Project run = walk.leftOut().isEmpty() ? project : Project.in(folder);
        counts.add(Count.REVISIONS, stops - 1);
        for (String file : project.files().values()) {
            // Also those that an earlier run emptied.
            counts.add(Count.LEFT_OUT, Files.readString(folder.resolve(file)).endsWith(LEFT_OUT) ? 1 : 0);
        }
        Trial trial = new Trial(new Judge(name, run.graph(), run.footprints(), walk.seen()), counts);
        trial.ask();
        Files.write(OUT.resolve(name + ".verdicts"), trial.verdicts());
        try (Shell shell = new Shell(folder, python, environment)) {
            trial.run(shell);
        }
        walk.seen().stream().map(Walk.Seen::copy).filter(Objects::nonNull).forEach(TestServer::drop);
        Files.writeString(OUT.resolve(name + ".row"), counts.row());
        Files.write(OUT.resolve(name + ".txt"), counts.faults());
    }

    /** Python finds the substitutes for missing modules first, and then what the project names in {@code pythonpath.txt}. */
    private static Map<String, String> environment(Path folder) throws IOException {
        Map<String, String> environment = new HashMap<>();
        String path = Path.of("src/test/resources/oracle").toAbsolutePath().toString();
        Path more = folder.resolve("pythonpath.txt");
        environment.put("PYTHONPATH", Files.exists(more) ? path + ":" + Files.readString(more).strip() : path);
        environment.put("STAND_INS_FOR", folder.toString());
        environment.put("PYTHONWARNINGS", "ignore");
        return environment;
    }

    private static void write() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(OUT)) {
            files = all.filter(file -> file.toString().endsWith(".row")).sorted().toList();
        }
        String table = Elsewhere.table(files.stream().filter(file -> !isMutated(file))
                .map(file -> text(file).strip()).toList());
        List<Path> mutated = files.stream().filter(SoundnessElsewhere::isMutated).toList();
        if (!mutated.isEmpty()) {
            table += "\nThe same histories in other words, by `mutate.py`:\n\n| history | changes | stops | another verdict |\n|---|---|---|---|\n"
                    + mutated.stream().map(SoundnessElsewhere::mutation).collect(Collectors.joining());
        }
        Files.writeString(OUT.resolve("table.md"), table);
        if (Boolean.getBoolean("golden.update")) {
            String page = Files.readString(PAGE);
            int from = page.indexOf(FROM) + FROM.length();
            Files.writeString(PAGE, page.substring(0, from) + table + page.substring(page.indexOf(TO)));
        }
    }

    private static boolean isMutated(Path file) {
        return file.toString().contains(MUTATED);
    }

    /** Stops at which the same is found as in the words that people gave the history count as well. */
    private static String mutation(Path row) {
        String name = String.valueOf(row.getFileName()).replace(".row", "");
        String original = name.replace(MUTATED, "");
        long changes = text(Path.of(System.getProperty("oracle.projects")).resolve(name).resolve("mutations.txt"))
                .lines()
                .count();
        Path before = OUT.resolve(original + ".verdicts");
        List<String> verdicts = text(OUT.resolve(name + ".verdicts")).lines().toList();
        Set<String> expected = Files.exists(before) ? Set.copyOf(text(before).lines().toList()) : Set.of();
        long other = verdicts.stream().filter(verdict -> !expected.contains(verdict)).count();
        return "| %s | %d | %d | %d |\n".formatted(original.replace('+', '/'), changes, verdicts.size(), other);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
