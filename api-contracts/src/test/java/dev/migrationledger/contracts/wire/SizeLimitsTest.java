package dev.migrationledger.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.wire.SizeLimits.Excess;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeLimitsTest {

    /** {@code LONG} stands for a text of 20,000 characters, {@code HUGE} for one of 2,000,000, {@code MANY} for 1,001 short texts. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"labels":{"tier":"LONG"}}                              | e.labels.tier                    | 20000   | 1000
            {"labels":{MANYFIELDS}}                                 | e.labels                         | 1001    | 1000
            {"table":{"rows":["a","LONG"]}}                         | e.table.rows[1]                  | 20000   | 1000
            {"table":{"rows":[MANY]}}                               | e.table.rows                     | 1001    | 1000
            {"evidence":{"attribution":{"statement":"LONG"}}}       | e.evidence.attribution.statement | 20000   | 10000
            {"evidence":{"attribution":{"actor":{"user":"LONG"}}}}  | e.evidence.attribution.actor.user| 20000   | 1000
            {"problems":[{"expression":"LONG"}]}                    | e.problems[0].expression         | 20000   | 10000
            {"problems":[{"place":{"file":"LONG"}}]}                | e.problems[0].place.file         | 20000   | 4096
            {"changed":[{"revision":"LONG"}]}                       | e.changed[0].revision            | 20000   | 1000
            {"changed":[{"parents":[MANY]}]}                        | e.changed[0].parents             | 1001    | 1000
            {"changed":[{"definition":{"source":"HUGE"}}]}          | e.changed[0].definition.source   | 2000000 | 1048576
            {"files":[{"text":"HUGE"}]}                             | e.files[0].text                  | 2000000 | 1048576
            {"files":[{"source":"LONG"}]}                           | e.files[0].source                | 20000   | 4096
            {"claim":{"ci":{"GITHUB_RUN_ID":"LONG"}}}               | e.claim.ci.GITHUB_RUN_ID         | 20000   | 1000
            {"claim":{"command":["LONG"]}}                          | e.claim.command[0]               | 20000   | 10000
            {"whatANewerAgentAdds":"LONG"}                          | e.whatANewerAgentAdds            | 20000   | 10000
            """)
    void what_is_too_long_is_refused_with_its_path_its_size_and_its_bound(
            String event, String field, long actual, int bound) {
        byte[] json = json(event);

        assertThat(SizeLimits.excess(json)).get()
                .returns(field, Excess::field)
                .returns(actual, Excess::actual)
                .returns(bound, Excess::bound);
        assertThatThrownBy(() -> SizeLimits.check(json))
                .isInstanceOfSatisfying(WireException.class,
                        e -> assertThat(e.kind()).isEqualTo(WireException.Kind.OUT_OF_BOUNDS))
                .hasMessageContaining(field)
                .hasMessageContaining("%,d".formatted(actual))
                .hasMessageContaining("%,d".formatted(bound));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"changed":[{"definition":{"source":"LONG","columns":[MANY]}}]}
            {"files":[{"text":"LONG","footprint":{"upgrade":[{"expression":"LONG"}]}}]}
            {"changed":[MANY]}
            {"table":{"rows":["a"]}}
            """)
    void what_scripts_and_catalogs_say_may_be_long(String event) {
        assertThat(SizeLimits.excess(json(event))).isEmpty();
    }

    @Test
    void values_are_counted_however_short_they_are() {
        String rows = "0,".repeat(SizeLimits.VALUES);

        assertThat(SizeLimits.excess(("[[" + rows + "0]]").getBytes(StandardCharsets.UTF_8))).get()
                .returns("values", Excess::unit)
                .returns(SizeLimits.VALUES, Excess::bound);
    }

    @Test
    void what_is_no_JSON_is_for_the_reader_to_refuse() {
        assertThat(SizeLimits.excess("{\"labels\":".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(SizeLimits.excess(new byte[0])).isEmpty();
    }

    static byte[] json(String event) {
        String full = event.replace("LONG", "x".repeat(20_000))
                .replace("HUGE", "x".repeat(2_000_000))
                .replace("MANYFIELDS", IntStream.rangeClosed(0, 1_000)
                        .mapToObj("\"k%d\":\"v\""::formatted)
                        .collect(Collectors.joining(",")))
                .replace("MANY", IntStream.rangeClosed(0, 1_000)
                        .mapToObj("\"r%d\""::formatted)
                        .collect(Collectors.joining(",")));
        return ("{\"e\":" + full + "}").getBytes(StandardCharsets.UTF_8);
    }
}
