package dev.migrationledger.agent.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is too much for a model, and what it must not read. */
class AnswerBoundsTest {

    record Answer(String summary, List<Item> items, String script) {}

    record Item(String name, List<String> texts) {}

    @Test
    void a_small_answer_stays_as_it_is() {
        ObjectNode answer = json(new Answer("two", items(2, 3, "t"), "op.create_table()"));
        assertThat(AnswerBounds.of(answer)).isEqualTo(answer);
    }

    @Test
    void what_is_cut_is_named_once() {
        ObjectNode bounded = AnswerBounds.of(json(new Answer("many", items(150, 120, "t"), "x".repeat(9_000))));
        assertThat(bounded.path("items").size()).isLessThan(150);
        assertThat(bounded.toString().length()).isLessThanOrEqualTo(AnswerBounds.LARGEST);
        assertThat(texts(bounded.path("cut"))).hasSize(3)
                .anyMatch(it -> it.matches("items: \\d+ of 150 items shown"))
                .anyMatch(it -> it.matches("items.texts: \\d+ of 120 items shown"))
                .anyMatch(it -> it.matches("script: the first \\d+ of 9000 characters shown"));
    }

    @Test
    void the_largest_answer_fits() {
        ObjectNode bounded = AnswerBounds.of(json(new Answer("huge", items(1_000, 200, "y".repeat(3_000)),
                "z".repeat(1_000_000))));
        assertThat(bounded.toString().length()).isLessThanOrEqualTo(AnswerBounds.LARGEST);
        assertThat(bounded.path("summary").asString()).isEqualTo("huge");
    }

    @Test
    void secrets_are_hidden_also_where_a_text_is_cut() {
        String url = "postgresql://deploy:hunter2@db/app ";
        ObjectNode bounded = AnswerBounds.of(json(new Answer(url, items(1, 1, "PASSWORD='hunter2'"),
                "x".repeat(7_980) + " " + url.repeat(20))));
        assertThat(bounded.toString()).contains("postgresql://deploy:***@db/app", "…").doesNotContain("hunter2");
    }

    @Test
    void half_a_character_is_not_left_at_the_end() {
        ObjectNode bounded = AnswerBounds.of(json(new Answer("", List.of(), "x" + "\ud83d\ude00".repeat(5_000))));
        assertThat(bounded.path("script").asString()).hasSize(8_000).endsWith("\ud83d\ude00…");
    }

    private static List<Item> items(int count, int texts, String text) {
        return IntStream.range(0, count).mapToObj(i -> new Item("n" + i, Collections.nCopies(texts, text))).toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString).toList();
    }

    private static ObjectNode json(Answer answer) {
        return JsonMapper.shared().valueToTree(answer);
    }
}
