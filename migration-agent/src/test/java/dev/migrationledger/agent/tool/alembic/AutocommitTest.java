package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.symbolic.ImportedNames.Found;
import dev.migrationledger.contracts.unread.ValueReason.ImportedFromOutside;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutocommitTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "with create_engine(url, isolation_level='AUTOCOMMIT').connect() as connection:",
        "with create_engine(url, isolation_level=level).connect() as connection:",
        "with engine_from_config({}, isolation_level='AUTOCOMMIT').connect() as connection:",
        "with create_engine(url, execution_options={'isolation_level': 'AUTOCOMMIT'}).begin() as connection:",
        "with create_engine(url).connect().execution_options(isolation_level='autocommit') as connection:",
        "with create_engine(url).execution_options(isolation_level='AUTOCOMMIT').connect() as connection:",
        "with create_engine(url).connect() as connection:\n        connection.execution_options(isolation_level='AUTOCOMMIT')",
        "with connect(autocommit=True) as connection:"})
    void a_connection_may_commit_each_statement(String connected) {
        assertThat(isPossible(connected, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "with create_engine(url).connect() as connection:",
        "with create_engine(url, isolation_level='SERIALIZABLE').connect() as connection:",
        "with create_engine(url, isolation_level=None).connect() as connection:",
        "with engine_from_config({}).connect() as connection:",
        "with connect() as connection:  # AUTOCOMMIT",
        "other = create_engine(url, isolation_level='AUTOCOMMIT')\n    with create_engine(url).connect() as connection:",
        "e = create_engine(url)\n    e.execution_options(isolation_level='AUTOCOMMIT')\n    with e.connect() as connection:"})
    void a_connection_has_transactions(String connected) {
        assertThat(isPossible(connected, false)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with engine_from_config({}).connect() as connection:", "with connect() as connection:"})
    void an_engine_may_be_made_of_the_ini(String connected) {
        assertThat(isPossible(connected, true)).isTrue();
        assertThat(isPossible("with create_engine(url).connect() as connection:", true)).isFalse();
    }

    private static boolean isPossible(String connected, boolean isInConfig) {
        String script = """
                from alembic import context
                from sqlalchemy import create_engine, engine_from_config
                from app import url, level, connect
                if context.is_offline_mode():
                    context.configure(url=url)
                else:
                    %s
                        context.configure(connection=connection)
                """.formatted(connected);
        return Autocommit.isPossible("migrations/env.py", script.getBytes(StandardCharsets.UTF_8),
                (level, dotted) -> new Found.Absent(new ImportedFromOutside(dotted)), isInConfig);
    }
}
