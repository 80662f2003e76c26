package dev.migrationledger.agent.doctor.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.testsupport.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code .graph} of {@code src/test/resources/doctor/pictures} is a history: {@code id <- parent parent: message}, a chain of
 * many as {@code a1 .. a20 <- parent}, what the version table holds as {@code stamped id}, and {@code mark id words}. The picture
 * beside it is rewritten only with {@code -Dgolden.update=true}.
 */
class PictureTest {

    private static final Path CASES = Path.of("src/test/resources/doctor/pictures");

    private final List<Revision> revisions = new ArrayList<>();
    private final List<String> stamped = new ArrayList<>();
    private final Map<String, String> marks = new LinkedHashMap<>();

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(".graph"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_history_is_drawn_as_expected(String name) throws IOException {
        Files.readAllLines(CASES.resolve(name)).forEach(this::read);

        String drawn = String.join("\n", picture(80).lines()) + "\n";

        GoldenFile.compare(CASES.resolve(name.replace(".graph", ".txt")), drawn);
    }

    @Test
    void no_line_is_wider_than_the_screen_as_long_as_ids_are_not() {
        read("a <- : " + "a long message ".repeat(20));
        read("b <- a: " + "another ".repeat(20));

        assertThat(picture(70).lines()).hasSize(2).allMatch(line -> line.length() <= 70)
                .allMatch(line -> line.contains("…"));
    }

    @Test
    void a_history_of_thousands_is_still_a_screen() {
        read("a1 .. a3000 <- ");
        read("b1 .. b2000 <- a1500");
        read("stamped a2000");
        read("mark a2000 here");
        read("mark b7 there");

        assertThat(picture(80).lines()).hasSizeLessThan(25).anyMatch(line -> line.contains("a1500"))
                .anyMatch(line -> line.contains("… 498 more …"));
    }

    @Test
    void colours_move_nothing() throws IOException {
        Files.readAllLines(CASES.resolve("long_with_branches.graph")).forEach(this::read);
        RevisionGraph graph = RevisionGraph.of(revisions);

        List<String> coloured = new Picture(
                graph, graph.implied(stamped), marks, new Paint(true), new Screen(80)).lines();

        assertThat(coloured).anyMatch(line -> line.contains("\u001b[1mc25"));
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[\\d*m", "").stripTrailing()))
                .isEqualTo(picture(80).lines());
    }

    @Test
    void names_do_not_steer_the_terminal() {
        read("a\u001b[31m <- : red\u0007");

        assertThat(picture(80).lines().getFirst()).isEqualTo("○  a\\u001b[31m  head  red\\u0007");
    }

    private Picture picture(int width) {
        RevisionGraph graph = RevisionGraph.of(revisions);
        return new Picture(graph, graph.implied(stamped), marks, new Paint(false), new Screen(width));
    }

    private void read(String line) {
        if (line.startsWith("stamped ")) {
            stamped.add(line.substring("stamped ".length()));
        } else if (line.startsWith("mark ")) {
            String[] parts = line.split(" ", 3);
            marks.put(parts[1].replace("base", ""), parts[2]);
        } else {
            String[] sides = line.split(" <- ?", 2);
            String[] after = sides[1].split(": ?", 2);
            List<String> parents = Arrays.stream(after[0].split(" ", -1)).filter(id -> !id.isEmpty()).toList();
            for (String id : chain(sides[0])) {
                revisions.add(new Revision(
                        id, parents, List.of(), List.of(), after.length > 1 ? after[1] : null, id + ".py", "0"));
                parents = List.of(id);
            }
        }
    }

    private static List<String> chain(String ids) {
        String[] ends = ids.split(" \\.\\. ", 2);
        if (ends.length == 1) {
            return List.of(ids);
        }
        String name = ends[0].replaceAll("\\d", "");
        List<String> chain = new ArrayList<>();
        for (int i = number(ends[0]); i <= number(ends[1]); i++) {
            chain.add(name + i);
        }
        return chain;
    }

    private static int number(String id) {
        return Integer.parseInt(id.replaceAll("\\D", ""));
    }
}
