package dev.migrationledger.agent.tool.alembic.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.symbolic.Sought;
import dev.migrationledger.agent.python.symbolic.Sought.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableQueryTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT 1 FROM Lamp", "select * from lamp limit 1;", "SELECT count(*) AS n FROM lamp l",
        "SELECT l.* FROM public.lamp AS l WHERE 1 = 0", "SELECT NULL, 'x' FROM \"lamp\" WHERE false LIMIT 0"})
    void it_fails_only_without_the_table(String sql) {
        assertThat(TableQuery.needs(sql)).containsExactly(new Sought(Kind.RELATION, null, null, "lamp"));
    }

    @Test
    void it_fails_without_each_column_too() {
        assertThat(TableQuery.needs("SELECT l.watts, max(\"Volts\") FROM home.lamp l LIMIT 1")).isEqualTo(List.of(
                new Sought(Kind.RELATION, "home", null, "lamp"),
                new Sought(Kind.COLUMN, "home", "lamp", "watts"),
                new Sought(Kind.COLUMN, "home", "lamp", "Volts")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT 1", "SELECT 1 FROM lamp WHERE kind = 'old'", "SELECT lower(a) FROM lamp", "SELECT 1 FROM a, b",
        "SELECT 1 FROM a JOIN b ON true", "SELECT a + 1 FROM lamp", "SELECT 1 FROM pg_class",
        "SELECT 1 FROM information_schema.tables", "INSERT INTO lamp SELECT 1 FROM lamp", "SELECT FROM",
        "SELECT a::kind FROM lamp", "SELECT 1 FROM lamp; DROP TABLE lamp", ""})
    void it_fails_for_more_or_never(String sql) {
        assertThat(TableQuery.needs(sql)).isNull();
    }
}
