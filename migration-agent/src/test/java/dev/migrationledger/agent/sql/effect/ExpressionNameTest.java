package dev.migrationledger.agent.sql.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As PostgreSQL 15 names them. */
class ExpressionNameTest {

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '~', textBlock = """
            (lower(a))→lower
            (pg_catalog.lower(a))→lower
            (a::text)→a
            ((a || b))→expr
            (coalesce(a, b))→coalesce
            ((c + 1))→expr
            ((j ->> 'x'))→expr
            (((a || b)::text))→text
            (((j ->> 'x')::int))→int4
            ((case when c > 0 then a else b end))→b
            ((case when c > 0 then a end))→case
            (nullif(a, b))→nullif
            ((r[1]))→r
            ((array[c]))→array
            ((a collate "C"))→a
            ((a is null))→expr
            ((not (c > 1)))→expr
            (date_trunc('day', d::timestamp))→date_trunc
            ((extract(year from d)))→extract
            ((substring(a from 1 for 2)))→substring
            ((trim(a)))→btrim
            ((('x' || a)::varchar(10)))→varchar
            ((cast(a as varchar)))→a
            ((cast(1 as bigint)))→int8
            ((-c))→expr
            ((d at time zone 'utc'))→timezone
            ((lot.a))→a""")
    void an_expression_is_called_by_what_it_calls_reads_or_is_cast_to(String expression, String name) {
        assertThat(ExpressionName.ofAll(List.of(expression))).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '→', quoteCharacter = '~', textBlock = """
            (lower(a))→(lower(b))→lower→lower1
            c→(a::text)→c→a
            ((a || b))→((c + 1))→expr→expr1
            a→a→a→a1""")
    void each_name_is_given_once(String one, String other, String first, String second) {
        assertThat(ExpressionName.ofAll(List.of(one, other))).containsExactly(first, second);
    }
}
