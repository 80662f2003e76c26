package dev.migrationledger.core.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewQueryTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT a FROM t                                            | t.a        | false
            SELECT a FROM t                                            | t.a, t.b   | true
            SELECT * FROM t                                            | t.a, t.b   | false
            SELECT x.a AS b FROM t x WHERE x.c > 0                     | t.a        | true
            SELECT x.a AS b FROM t x WHERE x.c > 0                     | t.a, t.c   | false
            SELECT x."A" FROM public.t AS x                            | t.A        | false
            SELECT t.a FROM t JOIN u ON u.id = t.u_id                  | t.a, t.u_id, u.id | false
            SELECT t.a FROM t JOIN u ON u.id = t.u_id                  | t.a, t.u_id       | true
            SELECT e.value FROM t, json_array_elements(t.a) e          | t.a        | false
            WITH s AS (SELECT a AS z FROM t) SELECT s.z FROM s         | t.a        | false
            WITH s AS (SELECT a AS z FROM t) SELECT x.z FROM s x       | t.a        | false
            WITH t AS (SELECT a AS z FROM t) SELECT t.z FROM t         | t.a        | false
            SELECT x.z FROM (SELECT t.a AS z FROM t) x                 | t.a        | false
            SELECT x.z FROM (SELECT t.a AS z, t.b FROM t) AS x         | t.a        | true
            SELECT x.a FROM t x WHERE EXISTS (SELECT 1 FROM u WHERE u.id = x.b) | t.a, u.id | true
            SELECT x.a FROM t x WHERE EXISTS (SELECT 1 FROM u WHERE u.id = x.b) | t.a, t.b, u.id | false
            SELECT t.a, jsonb_each.value FROM t CROSS JOIN LATERAL jsonb_each(t.b) | t.a, t.b | false
            SELECT t.a, e.z FROM t JOIN LATERAL jsonb_each(t.b) AS e(k, z) ON true | t.a, t.b | false
            SELECT x.a * 2 AS c FROM t x                               | t.a, t.b   | true
            SELECT count(*) AS c FROM t x                              | t.b        | true
            SELECT x.* FROM t x                                        | t.a, t.b   | false
            SELECT x.a, x.b FROM (SELECT a, b FROM t) x                | t.a        | true
            SELECT x.a, x.b FROM (SELECT a, b FROM t) x                | t.a, t.b   | false
            SELECT x.a, x.b FROM (SELECT a, c AS b FROM t) x           | t.a, t.c   | false
            SELECT x.a, x.b FROM (SELECT a, c b FROM t) x              | t.a, t.c   | false
            SELECT x.a, x.b FROM (SELECT a, 'c' b FROM t) x            | t.a        | false
            SELECT x.a, x.b FROM (SELECT a, f(c) b FROM t) x           | t.a, t.c   | false
            SELECT x.a, x.b FROM (SELECT t.*, 1 AS c FROM t) x         | t.a        | false
            SELECT x.a, x.max FROM (SELECT a, max(b) FROM t) x         | t.a, t.b   | false
            SELECT x.a, x.z FROM (SELECT a, z FROM t CROSS JOIN unnest(t.b) AS e(z)) x | t.a, t.b | false
            SELECT x.a, x.value FROM (SELECT a, value FROM t, jsonb_each(t.b)) x | t.a, t.b | false
            SELECT x.a, x.z FROM (VALUES (1, 2)) x(a, z), t WHERE t.a = 1 | t.a     | false
            SELECT x.a, x.z FROM (SELECT a, b FROM t) x(a, z)          | t.a, t.b   | false
            SELECT x.a FROM t x UNION SELECT x.b FROM u x              | t.a, u.b   | false
            SELECT x.a FROM t x UNION SELECT x.b FROM (SELECT 1 AS b) x | t.a       | false
            SELECT extract(year FROM t.a), a.z FROM t, LATERAL (SELECT t.b AS z) a | t.a, t.b | false
            SELECT a, 'x.b' AS c FROM t -- x.d                         | t.a        | false
            SELECT f.g(t.a) FROM t                                     | t.a        | false
            SELECT t.ctid, t.a FROM t                                  | t.a        | false
            """)
    void a_query_reads_the_columns_that_it_names(String query, String uses, boolean differs) {
        List<ObjectName> columns = Stream.of(uses.split(", ")).map(one -> ObjectName.column(
                "public", one.substring(0, one.indexOf('.')), one.substring(one.indexOf('.') + 1))).toList();

        assertThat(ViewQuery.differs(query, columns)).isEqualTo(differs);
        assertThat(ViewQuery.differs(null, columns)).isFalse();
        assertThat(ViewQuery.differs(query, null)).isFalse();
    }

    @Test
    void a_view_follows_the_renaming_of_a_column() {
        ObjectName view = new ObjectName(ObjectKind.VIEW, null, null, "v");
        Effect creates = new Effect.Create(view, new Definition.View(null, null, null, "SELECT t.n FROM t"), false,
                Condition.ALWAYS, Location.line(1));
        Scene scene = new Scene()
                .revision("a", "", Scene.together(Scene.creates("t", "n integer"), new Effect[]{creates}))
                .revision("b", "a", Scene.renames(ObjectKind.COLUMN, "t.n", "t.m"))
                .table("t", "m integer").there(ObjectKind.VIEW, "v", "SELECT");

        assertThat(scene.stamped("b").against(List.of("b"))).isEmpty();
        scene.without(ObjectKind.COLUMN, "t.m").there(ObjectKind.COLUMN, "t.n", "integer");
        assertThat(scene.stamped("a").against(List.of("a"))).singleElement()
                .satisfies(one -> assertThat(one.object().name()).isEqualTo("v"));
    }
}
