package dev.migrationledger.core.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.schema.Definition.Column;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Defaults as scripts write them and as the server does. */
class DefaultValueTest {

    private static final DefinitionMatch MATCH = new DefinitionMatch(new TypeNames());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            text                     | 'x'                        | 'x'::text
            text                     | 'it''s'                    | 'it''s'::text
            character varying(20)    | 'x'::varchar               | 'x'::character varying
            character varying(20)    | 0                          | '0'::character varying
            character varying(20)    | ('x')                      | 'x'::character varying(20)
            character(5)             | 'x'                        | 'x    '::bpchar
            boolean                  | 't'                        | true
            boolean                  | '1'                        | true
            boolean                  | 'False'                    | false
            boolean                  | FALSE                      | false
            integer                  | '0'                        | 0
            integer                  | '-1'                       | '-1'::integer
            integer                  | -1                         | '-1'::integer
            bigint                   | 10                         | '10'::bigint
            numeric(10,2)            | '0.50'                     | 0.5
            numeric(10,2)            | 1e2                        | '100'::numeric
            json                     | '{"a": 1}'                 | '{"a": 1}'::json
            jsonb                    | '{ }'                      | '{}'::jsonb
            jsonb                    | CAST('[]' AS jsonb)        | '[]'::jsonb
            timestamp with time zone | CURRENT_TIMESTAMP          | now()
            timestamp with time zone | now()                      | CURRENT_TIMESTAMP
            uuid                     | gen_random_uuid()          | public.gen_random_uuid()
            uuid                     | uuid_generate_v4()         | extensions.uuid_generate_v4()
            """)
    void equal_defaults_compare_as_equal(String type, String script, String live) {
        assertThat(DefaultValue.of(script, type)).isNotNull().isEqualTo(DefaultValue.of(live, type));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            text                     | 'x'                | 'y'::text
            text                     | 'x'                | 'X'::text
            boolean                  | 'f'                | true
            integer                  | 0                  | 1
            numeric                  | 0.5                | 0.51
            jsonb                    | '{}'               | '[]'::jsonb
            uuid                     | gen_random_uuid()  | uuid_generate_v4()
            """)
    void another_value_is_reported(String type, String script, String live) {
        assertThat(matches(column(type).withDefault(script), column(type).withDefault(live))).isFalse();
    }

    /** The server may write these in any way. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            date                     | '2020-1-1'                 | '2020-01-01'::date
            timestamp with time zone | 'now'                      | '2020-01-01 00:00:00+00'::timestamp with time zone
            timestamp without time zone | timezone('utc', now())  | (now() AT TIME ZONE 'utc'::text)
            interval                 | '24 hours'                 | '24:00:00'::interval
            jsonb                    | '{"b":1,"a":2}'            | '{"a": 2, "b": 1}'::jsonb
            text[]                   | '{}'                       | ARRAY[]::text[]
            public.mood              | 'sad'                      | 'down'::public.mood
            text                     | 1e3                        | '1000'::text
            text                     | upper('a')                 | upper('b'::text)
            text                     | 'a\\b'                     | 'c'::text
            text                     | '100%%'                    | '100%'::text
            integer                  | nextval('a')               | nextval('public.a'::regclass)
            integer                  | 1 + 1                      | 2
            real                     | 0.1                        | '0.100000001'::real
            """)
    void what_the_server_writes_in_its_own_way_is_only_there(String type, String script, String live) {
        Column expected = column(type).withDefault(script);
        assertThat(matches(expected, column(type).withDefault(live))).isTrue();
        assertThat(matches(expected, column(type))).isFalse();
    }

    @Test
    void a_default_is_there_or_not() {
        Column none = column("integer").withHasDefault(false);
        Column one = column("integer").withDefault("0");
        assertThat(matches(none, column("integer"))).isTrue();
        assertThat(matches(none, one)).isFalse();
        assertThat(matches(none, column("integer").withIdentity("ALWAYS"))).isFalse();
        assertThat(matches(none, column("integer").withGenerated("(1) STORED"))).isFalse();
        assertThat(matches(one, column("integer"))).isFalse();
        assertThat(matches(one, column("integer").withIdentity("BY DEFAULT"))).isFalse();
        assertThat(matches(column("integer").withIdentity("ALWAYS"),
                column("integer").withIdentity("BY DEFAULT (START 5)")))
                .isTrue();
        assertThat(matches(column("integer").withGenerated(""), column("integer").withGenerated("(1) STORED")))
                .isTrue();
        assertThat(matches(column("integer").withHasDefault(true), one)).isTrue();
        assertThat(matches(column("integer").withHasDefault(true), column("integer"))).isFalse();
        assertThat(matches(column("integer"), one)).isTrue();
    }

    @Test
    void a_default_of_null_is_none() {
        Column text = column("character varying(9)");
        assertThat(matches(text.withHasDefault(false), text.withDefault("NULL::character varying"))).isTrue();
        assertThat(matches(text.withDefault("NULL"), text)).isTrue();
        assertThat(matches(text.withDefault("NULL"), text.withDefault("'NULL'::character varying"))).isFalse();
    }

    @Test
    void what_is_perhaps_changed_is_known_as_far_as_both_agree() {
        Column one = column("integer").withDefault("0");
        assertThat(altered(one, new Alteration.DefaultSet(null), true).hasDefault()).isFalse();
        assertThat(altered(one, new Alteration.DefaultSet(null), false)).isEqualTo(column("integer"));
        assertThat(altered(one, new Alteration.DefaultSet("1"), false).hasDefault()).isTrue();
        assertThat(altered(one, new Alteration.DefaultSet("0"), false)).isEqualTo(one);
        assertThat(altered(one, new Alteration.Unknown(Alteration.Aspect.DEFAULT, "?"), true))
                .isEqualTo(column("integer"));
        assertThat(ObjectProperties.common(one, column("integer").withHasDefault(false))).isEqualTo(column("integer"));
    }

    private static Column altered(Column column, Alteration change, boolean certain) {
        return (Column) ObjectProperties.altered(column, List.of(change), certain);
    }

    private static Column column(String type) {
        return Column.of(type, true);
    }

    private static boolean matches(Column expected, Column actual) {
        return MATCH.matches(expected, actual);
    }
}
