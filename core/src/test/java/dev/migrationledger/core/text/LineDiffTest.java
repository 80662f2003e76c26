package dev.migrationledger.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.core.text.LineDiff.Change;
import dev.migrationledger.core.text.LineDiff.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineDiffTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "abc|abc|' a b c'",
        "''|ab|+a+b",
        "ab|''|-a-b",
        "abc|axc|' a-b+x c'",
        "abcd|acd|' a-b c d'",
        "abcabba|cbabac|-a-b c-a b+a b a+c",
        "aab|ab|' a-a b'"})
    void the_shortest_difference_is_found(String before, String after, String difference) {
        assertThat(words(LineDiff.of(lines(before), lines(after)))).isEqualTo(difference);
    }

    @Test
    void without_the_added_lines_it_is_the_old_text_and_without_the_removed_ones_the_new_one() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            List<String> before = some(random);
            List<String> after = some(random);
            List<Line> difference = LineDiff.of(before, after);
            assertThat(without(difference, Change.ADDED)).isEqualTo(before);
            assertThat(without(difference, Change.REMOVED)).isEqualTo(after);
        }
    }

    @Test
    void texts_that_differ_in_too_many_lines_are_replaced_as_a_whole() {
        List<String> before = new ArrayList<>(Collections.nCopies(3_000, "a"));
        before.set(1_500, "1500");
        List<String> after = IntStream.range(0, 3_000).mapToObj(Integer::toString).toList();
        List<Line> difference = LineDiff.of(before, after);
        assertThat(difference).extracting(Line::change).doesNotContain(Change.SAME);
        assertThat(without(difference, Change.ADDED)).isEqualTo(before);
        assertThat(without(difference, Change.REMOVED)).isEqualTo(after);
    }

    private static List<String> some(Random random) {
        return random.ints(random.nextInt(12), 0, 4).mapToObj(Integer::toString).toList();
    }

    private static List<String> lines(String text) {
        return text.chars().mapToObj(Character::toString).toList();
    }

    private static List<String> without(List<Line> difference, Change change) {
        return difference.stream().filter(line -> line.change() != change).map(Line::text).toList();
    }

    private static String words(List<Line> difference) {
        return difference.stream().map(line -> switch (line.change()) {
            case SAME -> " ";
            case REMOVED -> "-";
            case ADDED -> "+";
        } + line.text()).collect(Collectors.joining());
    }
}
