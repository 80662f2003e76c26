package dev.migrationledger.agent.tool.alembic.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a query of the catalogs asks for. */
class CatalogQueryTest {

    @Test
    void one_object_is_asked_for_by_its_name() {
        assertThat(read("SELECT 1 FROM information_schema.tables WHERE table_name = 't'")).isEqualTo("TABLES * t");
        assertThat(read(
                "select table_name from information_schema.tables where table_schema='public' and table_name='t';"))
                .isEqualTo("TABLES public t");
        assertThat(read("SELECT c.column_name FROM information_schema.columns AS c "
                + "WHERE c.table_name = 't' AND c.column_name = 'x' LIMIT 1")).isEqualTo("COLUMNS * t.x");
        assertThat(read("SELECT 1 FROM pg_indexes WHERE indexname = 'ix' AND tablename = 't'"))
                .isEqualTo("PG_INDEXES * t.ix");
        assertThat(read("SELECT oid FROM pg_catalog.pg_type WHERE typname = 'state' AND typtype = 'e'"))
                .isEqualTo("PG_TYPE * state");
        assertThat(read("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relname = 't'"))
                .isEqualTo("PG_CLASS * t");
        assertThat(read("SELECT conname FROM pg_constraint WHERE conrelid = 's.t'::regclass AND conname = 'uq'"))
                .isEqualTo("PG_CONSTRAINT s t.uq");
        assertThat(read("SELECT 1 FROM pg_attribute WHERE attrelid = CAST('t' AS regclass) AND attname = 'c' "
                + "AND NOT attisdropped AND attnum > 0")).isEqualTo("PG_ATTRIBUTE t.c");
        assertThat(read("SELECT viewname FROM pg_views WHERE viewname = 'it''s'")).isEqualTo("PG_VIEWS * it's");
        assertThat(read("SELECT 1 FROM information_schema.tables WHERE table_schema = current_schema() "
                + "AND table_name = 't'")).isEqualTo("TABLES t");
        assertThat(read("SELECT 1 FROM information_schema.tables WHERE table_catalog = current_database() "
                + "AND table_name = 't'")).isEqualTo("TABLES * t");
    }

    @Test
    void all_objects_are_asked_for_without_a_name() {
        assertThat(read("SELECT column_name FROM information_schema.columns WHERE table_name = 't' ORDER BY 1"))
                .isEqualTo("COLUMNS * t.*");
        assertThat(read("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).isEqualTo("PG_TABLES public *");
    }

    @Test
    void whether_there_is_one_and_how_many() {
        assertThat(read("SELECT EXISTS (SELECT FROM information_schema.tables WHERE table_name = 't') AS there"))
                .isEqualTo("exists TABLES * t");
        assertThat(read("SELECT COUNT(*) FROM information_schema.columns WHERE table_name='t' AND column_name='c'"))
                .isEqualTo("count COLUMNS * t.c");
        assertThat(read("SELECT to_regclass('public.t')")).isEqualTo("regclass public t null");
        assertThat(read("SELECT to_regclass('t')::text AS name")).isEqualTo("regclass t null");
        assertThat(read("SELECT to_regclass('\"T\"') IS NOT NULL")).isEqualTo("regclass T true");
        assertThat(read("SELECT to_regclass('t') IS NULL")).isEqualTo("regclass t false");
    }

    @Test
    void parameters_are_filled_in() {
        assertThat(read(
                CatalogQuery.of("SELECT 1 FROM information_schema.columns WHERE table_name = :t AND column_name = :c",
                        Map.of("t", "a", "c", "b"), List.of())))
                .isEqualTo("COLUMNS * a.b");
        assertThat(
                read(CatalogQuery.of("SELECT 1 FROM pg_tables WHERE tablename = %(t)s", Map.of("t", "a"), List.of())))
                .isEqualTo("PG_TABLES * a");
        assertThat(read(CatalogQuery.of("SELECT 1 FROM pg_tables WHERE tablename = %s", Map.of(), List.of("a"))))
                .isEqualTo("PG_TABLES * a");
        assertThat(read(CatalogQuery.of("SELECT to_regclass(:t)", Map.of("t", "a"), List.of())))
                .isEqualTo("regclass a null");
    }

    @Test
    void a_query_that_asks_for_more_is_not_understood() {
        for (String sql : List.of(
                "SELECT 1 FROM information_schema.columns WHERE table_name = 't' AND column_name = 'c' AND data_type = 'text'",
                "SELECT 1 FROM information_schema.tables WHERE table_name = 't' OR table_name = 'u'",
                "SELECT 1 FROM information_schema.tables WHERE NOT table_name = 't'",
                "SELECT 1 FROM information_schema.tables WHERE table_name <> 't'",
                "SELECT 1 FROM information_schema.tables WHERE table_name LIKE 't%'",
                "SELECT 1 FROM information_schema.tables WHERE table_name IN ('t', 'u')",
                "SELECT 1 FROM information_schema.tables WHERE table_name = :t",
                "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE relname = 't'",
                "SELECT 1 FROM t WHERE table_name = 't'",
                "SELECT count(*) > 3 FROM pg_tables",
                "SELECT 1 FROM pg_tables WHERE tablename = 't' UNION SELECT 1",
                "SELECT 1 FROM pg_tables WHERE tablename = 't' -- or not",
                "SELECT exists (SELECT 1 FROM pg_tables WHERE tablename = 't') AND false",
                "SELECT NOT exists (SELECT 1 FROM pg_tables WHERE tablename = 't')",
                "SELECT max(tablename) FROM pg_tables WHERE tablename = 't'",
                "DELETE FROM pg_tables WHERE tablename = 't'",
                "SELECT 1 FROM pg_tables WHERE tablename = 't' OFFSET 1",
                "SELECT 1 FROM pg_tables WHERE tablename = 't' LIMIT 0",
                "")) {
            assertThat(read(sql)).as(sql).isNull();
        }
    }

    private static @Nullable String read(String sql) {
        return read(CatalogQuery.of(sql, Map.of(), List.of()));
    }

    private static @Nullable String read(CatalogQuery.@Nullable Answer answer) {
        return switch (answer) {
            case null -> null;
            case CatalogQuery.Answer.Rows rows -> rows.catalog() + " "
                    + (rows.schema() == null || rows.schema().isEmpty() ? "" : rows.schema() + " ")
                    + (rows.table() == null ? "" : rows.table() + ".") + (rows.name() == null ? "*" : rows.name());
            case CatalogQuery.Answer.Exists exists -> "exists " + read(exists.rows());
            case CatalogQuery.Answer.Count count -> "count " + read(count.rows());
            case CatalogQuery.Answer.Regclass it -> "regclass " + (it.schema() == null ? "" : it.schema() + " ")
                    + it.name() + " " + it.there();
        };
    }
}
