package dev.migrationledger.core.query;

import static dev.migrationledger.core.query.TestLanguage.LANGUAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.core.query.SearchQuery.PlacedTerm;
import dev.migrationledger.core.query.Term.Counts;
import dev.migrationledger.core.query.Term.Matches;
import dev.migrationledger.core.query.Term.NumberRange;
import dev.migrationledger.core.query.Term.Pattern;
import dev.migrationledger.core.query.Term.Words;
import dev.migrationledger.testsupport.text.AvoidedWords;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryLanguageTest {

    @Test
    void keys_words_and_quotes_are_conditions_that_all_have_to_hold() {
        assertThat(terms("kind:stamped -actor:ci,\"release bot\" env:navbot/* drop \"add column\" -x")).containsExactly(
                new Matches("kind", List.of(new Pattern("stamped", false)), false),
                new Matches("actor", List.of(new Pattern("ci", false), new Pattern("release bot", false)), true),
                new Matches("environment", List.of(new Pattern("navbot/", true)), false),
                new Words("drop", false), new Words("add column", false), new Words("x", true));
    }

    @Test
    void an_empty_text_asks_for_everything() {
        assertThat(LANGUAGE.parse(" \t\n")).isEqualTo(new ParsedQuery(" \t\n", SearchQuery.EVERYTHING, List.of()));
    }

    @Test
    void numbers_may_be_ranges() {
        assertThat(terms("position:7,10..20,..3,30..,>5,>=5,<5,<=5")).containsExactly(new Counts("position", List.of(
                new NumberRange(7L, 7L), new NumberRange(10L, 20L), new NumberRange(null, 3L),
                new NumberRange(30L, null),
                new NumberRange(6L, null), new NumberRange(5L, null), new NumberRange(null, 4L),
                new NumberRange(null, 5L)), false));
    }

    @Test
    void each_term_knows_its_place() {
        assertThat(LANGUAGE.parse("  -actor:\"a b\" x").query().placed())
                .extracting(PlacedTerm::from, PlacedTerm::to)
                .containsExactly(tuple(2, 14), tuple(15, 16));
    }

    @Test
    void quotes_and_backslashes_can_be_searched() {
        assertThat(terms("\"say \\\"no\\\" in C:\\\\dir\\x\"")).containsExactly(
                new Words("say \"no\" in C:\\dir\\x", false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            actr:x                | unknown-key     | actr            | actor
            -ENVIRONMNT:x         | unknown-key     | ENVIRONMNT      | environment
            http://x              | unknown-key     | http            |
            kind:stampd           | unknown-value   | stampd          | stamped
            kind:applied,polic    | unknown-value   | polic           | policy-changed
            kind:elephant         | unknown-value   | elephant        | stamped
            kind:stamp*           | unknown-value   | stamp*          | stamped
            actor:                | missing-value   |                 |
            actor:a,,b            | missing-value   |                 |
            actor: x              | missing-value   |                 |
            x -                   | missing-text    | -               |
            ""                    | missing-text    | ""              |
            actor:"x y            | unclosed-quote  | "x y            |
            env:a*b               | misplaced-star  | *               |
            position:x            | bad-number      | x               |
            position:..           | bad-number      | ..              |
            position:1.5          | bad-number      | 1.5             |
            position:9..3         | empty-range     | 9..3            |
            position:>9223372036854775807 | empty-range | >9223372036854775807 |
            since:mondey          | bad-time        | mondey          | monday
            since:2026-02-30      | bad-time        | 2026-02-30      |
            since:1d..2d          | bad-time        | 1d..2d          |
            at:2026-11-02..2026-11-01 | empty-range | 2026-11-02..2026-11-01 |
            """)
    void a_mistake_is_pointed_at(String text, String code, String place, String suggestion) {
        ParsedQuery parsed = LANGUAGE.parse(text);

        assertThat(parsed.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code().code()).isEqualTo(code);
            assertThat(text.substring(problem.from(), problem.to())).isEqualTo(place == null ? "" : place);
            if (suggestion != null) {
                assertThat(problem.suggestions()).first().isEqualTo(suggestion);
            }
            assertThat(AvoidedWords.problems(problem.sentence())).isEmpty();
            assertThat(AvoidedWords.longSentences(problem.sentence())).isEmpty();
        });
    }

    @Test
    void a_mistake_hides_no_other_mistake_and_no_other_term() {
        ParsedQuery parsed = LANGUAGE.parse("actr:x kind:applied since:nevr position:y,z");

        assertThat(parsed.problems()).extracting(QueryProblem::from).containsExactly(0, 26, 40, 42);
        assertThat(parsed.query().terms()).containsExactly(
                new Matches("kind", List.of(new Pattern("applied", false)), false));
    }

    @Test
    void carets_are_under_the_mistake() {
        String text = "é😀\tactr:x";

        assertThat(LANGUAGE.parse(text).problems().getFirst().pointedAt(text)).isEqualTo("é😀 actr:x\n   ^^^^");
    }

    @Test
    void a_text_that_is_too_long_is_not_read() {
        assertThat(LANGUAGE.parse("x".repeat(2_001)).problems()).extracting(QueryProblem::code)
                .containsExactly(QueryProblemCode.TOO_LONG);
        assertThat(LANGUAGE.parse("x ".repeat(51)).problems()).extracting(QueryProblem::code)
                .containsExactly(QueryProblemCode.TOO_MANY_TERMS);
        assertThat(LANGUAGE.parse("\"a\0b\"").problems()).extracting(QueryProblem::code)
                .containsExactly(QueryProblemCode.BAD_CHARACTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACTOR:x", "Env:x", "pos:7"})
    void keys_have_aliases_and_no_case(String text) {
        assertThat(LANGUAGE.parse(text).isGood()).isTrue();
    }

    private static List<Term> terms(String text) {
        ParsedQuery parsed = LANGUAGE.parse(text);
        assertThat(parsed.problems()).isEmpty();
        return parsed.query().terms();
    }
}
