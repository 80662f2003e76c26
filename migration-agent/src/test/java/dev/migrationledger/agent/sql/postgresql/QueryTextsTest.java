package dev.migrationledger.agent.sql.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.schema.QueryLiterals;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTextsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "?", emptyValue = "", textBlock = """
            SELECT a FROM t                                        | `` | ``
            SELECT a FROM t WHERE b = 'open' OR c IN ('x', 'a b')  | open; x; a b | ``
            SELECT a FROM t WHERE b LIKE 'x%%' OR b LIKE '%y_'     | x%; %y_ | ``
            SELECT 'it''s', $$hers$$, $q$a'b$q$, E'plain'          | it's; hers; a'b; plain | ``
            SELECT 'true', 'No', 'NaN', 'P1Y', 'null', '7 days', '{a}', '"x"' | `` | true; No; NaN; P1Y; null; 7 days; {a}; "x"
            SELECT '\\d+', E'\\n', 'é' FROM t                      | `` | ``
            SELECT extract(EPOCH FROM a), extract('year' FROM a)   | `` | epoch; year
            SELECT a /* 'b' */ FROM t -- don't                     | `` | ``
            SELECT E'\\x41', 'b' FROM t                            | ? | ?
            SELECT U&'\\0061', 'b' FROM t                          | ? | ?
            SELECT N'a', 'b' FROM t                                | ? | ?
            SELECT 'a' 'b'                                         | ? | ?
            SELECT a FROM t WHERE b = $1 AND c = 'd'               | ? | ?
            SELECT a FROM t WHERE b = 'd$1'                        | ? | ?
            SELECT normalize(a, NFC), 'b' FROM t                   | ? | ?
            SELECT a FROM t WHERE b = 'ꙮ'                          | ? | ?
            """)
    void the_literals_of_a_query(String query, String texts, String others) {
        QueryLiterals read = QueryTexts.of(query);

        assertThat(read).isEqualTo(texts == null ? null : QueryLiterals.of(digests(texts), digests(others), null));
    }

    private static List<String> digests(String texts) {
        return Stream.of(texts.split("; ")).filter(text -> !text.isEmpty()).map(QueryLiterals::digest).toList();
    }
}
