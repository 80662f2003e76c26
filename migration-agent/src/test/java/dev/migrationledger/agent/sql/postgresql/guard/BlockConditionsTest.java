package dev.migrationledger.agent.sql.postgresql.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.sql.postgresql.guard.BlockCondition.There;
import dev.migrationledger.contracts.schema.ObjectKind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockConditionsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') | domain/enum/type *:mood",
        "NOT EXISTS (SELECT FROM pg_catalog.pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typname = 'mood' AND n.nspname = 'app') | missing domain/enum/type app:mood",
        "EXISTS (SELECT 1 FROM pg_type t WHERE t.typname = 'mood' AND t.typtype = 'e' AND pg_type_is_visible(t.oid)) | domain/enum/type mood",
        "EXISTS (SELECT 1 FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'mood' AND e.enumlabel = 'sad') | enum mood.sad",
        "NOT EXISTS (SELECT 1 FROM pg_enum WHERE enumlabel = 'sad' AND enumtypid = (SELECT oid FROM pg_type WHERE typname = 'mood')) | missing enum mood.sad",
        "EXISTS (SELECT 1 FROM pg_enum WHERE enumlabel = 'sad' AND enumtypid = 'app.mood'::regtype) | enum app:mood.sad",
        "EXISTS (SELECT * FROM information_schema.columns WHERE table_name='t' AND column_name='c' AND table_schema = current_schema()) | column t.c",
        "EXISTS (SELECT * FROM information_schema.columns WHERE table_schema='app' and (table_name='t') and column_name='c') | column app:t.c",
        "EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'app.t'::regclass AND attname = 'c' AND NOT attisdropped) | column app:t.c",
        "NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'fk' AND conrelid = 't'::regclass) | missing constraint t.fk",
        "NOT EXISTS (SELECT 1 FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid WHERE c.conname = 'fk' AND r.relname = 't' AND contype = 'f') | missing constraint *:t.fk",
        "EXISTS (SELECT 1 FROM information_schema.table_constraints WHERE constraint_type = 'UNIQUE' AND table_name = 't' AND constraint_name = 'uq') | constraint *:t.uq",
        "EXISTS (SELECT 1 FROM pg_class WHERE relname = 'i' AND relkind = 'i') | index *:i",
        "EXISTS (SELECT 1 FROM pg_class c, pg_namespace n WHERE n.oid = c.relnamespace AND c.relname = 't' AND c.relkind IN ('r', 'p') AND n.nspname = 'app') | table app:t",
        "EXISTS (SELECT 1 FROM pg_indexes WHERE schemaname = 'public' AND indexname = 'i') | index public:i",
        "EXISTS (SELECT FROM pg_tables WHERE tablename = 't') | table *:t",
        "EXISTS (SELECT FROM information_schema.tables WHERE table_name = 't') | table/view *:t",
        "EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'tr' AND tgrelid = 't'::regclass AND NOT tgisinternal) | trigger t.tr",
        "EXISTS (SELECT 1 FROM pg_policies WHERE tablename = 't' AND policyname = 'p') | policy *:t.p",
        "EXISTS (SELECT 1 FROM pg_proc WHERE proname = 'f') | function *:f",
        "EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citext') | extension citext",
        "to_regclass('public.t') IS NULL | missing index/materialized_view/sequence/table/view public:t",
        "to_regclass('t'::text) IS NOT NULL | index/materialized_view/sequence/table/view t",
        "(SELECT to_regclass('\"T\"')) IS NULL | missing index/materialized_view/sequence/table/view T",
        "to_regtype('mood') IS NULL | missing domain/enum/type mood",
        "(SELECT count(*) FROM pg_tables WHERE tablename = 't') = 0 | missing table *:t",
        "(SELECT count(*) FROM pg_tables WHERE tablename = 't') >= 1 | table *:t",
        "EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 't') = false | missing table *:t",
        "(SELECT EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 't')) IS TRUE | table *:t",
        "EXISTS (SELECT 1 FROM pg_tables WHERE tablename = wanted) | table *:of_a_variable",
        "found_it | table known",
        "NOT found_it | missing table known",
    })
    void a_condition_asks_for_one_object(String condition, String object) {
        assertThat(words(read(condition))).isEqualTo(object);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "EXISTS (SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'c' AND is_nullable = 'NO')",
        "EXISTS (SELECT 1 FROM pg_tables WHERE tablename LIKE 't%')",
        "EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 't' OR tablename = 'u')",
        "EXISTS (SELECT 1 FROM pg_tables WHERE tablename <> 't')",
        "EXISTS (SELECT 1 FROM pg_tables WHERE tablename != 't')",
        "EXISTS (SELECT 1 FROM pg_tables WHERE tablename IN ('t', 'u'))",
        "EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 't' UNION SELECT 1)",
        "EXISTS (SELECT 1 FROM pg_tables WHERE tablename = unheard_of())",
        "(SELECT count(*) FROM pg_tables WHERE tablename = 't') > 1",
        "NOT (SELECT max(attnum) FROM pg_catalog.pg_attribute a JOIN pg_class c ON c.oid = attrelid WHERE relname LIKE 't') BETWEEN 1 AND 3",
        "to_regclass('t' || '_2') IS NULL",
        "found_it = (1 > 0)",
    })
    void a_question_to_the_catalogs_that_cannot_be_read_is_asked(String condition) {
        assertThat(read(condition)).isEqualTo(new BlockCondition.Asked());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "EXISTS (SELECT 1 FROM users WHERE name = 'x')",
        "EXISTS (SELECT 1 FROM pg_tables JOIN users ON name = tablename)",
        "EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'r')",
        "EXISTS (SELECT 1 FROM pg_available_extensions WHERE name LIKE 'x')",
        "EXISTS (SELECT 1 FROM elsewhere.pg_class WHERE relname LIKE 'x')",
        "current_database() = 'x'",
        "nobody_knows",
    })
    void another_condition_is_unclear(String condition) {
        assertThat(read(condition)).isEqualTo(new BlockCondition.Unclear());
    }

    @Test
    void conditions_are_joined_and_negated() {
        BlockCondition both = read("EXISTS (SELECT 1 FROM pg_tables WHERE tablename = 'a') AND NOT EXISTS"
                + " (SELECT 1 FROM pg_tables WHERE tablename = 'b')");

        assertThat(words(both)).isEqualTo("table *:a and missing table *:b");
        assertThat(words(both.negated())).isEqualTo("missing table *:a or table *:b");
        assertThat(words(read("to_regclass('a') IS NULL OR x > 5")))
                .isEqualTo("missing index/materialized_view/sequence/table/view a or unclear");
    }

    private static BlockCondition read(String sql) {
        CatalogLookup known = new CatalogLookup(Set.of(ObjectKind.TABLE), null, null, "known");
        return new BlockConditions(Map.of("wanted", "of_a_variable"), Map.of("found_it", new There(known, true)))
                .read(sql);
    }

    private static String words(BlockCondition condition) {
        return switch (condition) {
            case BlockCondition.Unclear _ -> "unclear";
            case BlockCondition.Asked _ -> "asked";
            case BlockCondition.Constant constant -> String.valueOf(constant.value());
            case BlockCondition.There there -> (there.there() ? "" : "missing ") + words(there.lookup());
            case BlockCondition.All all -> all.parts().stream().map(BlockConditionsTest::words)
                    .collect(Collectors.joining(" and "));
            case BlockCondition.Any any -> any.parts().stream().map(BlockConditionsTest::words)
                    .collect(Collectors.joining(" or "));
        };
    }

    private static String words(CatalogLookup lookup) {
        return lookup.kinds().stream().map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT)).sorted()
                .collect(Collectors.joining("/")) + " "
                + (lookup.schema() == null ? "" : lookup.schema() + ":")
                + (lookup.owner() == null ? "" : lookup.owner() + ".") + lookup.name();
    }
}
