package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.agent.tool.ToolFailure;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.ToolInvocation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlembicCallsTest {

    @Test
    void a_call_names_the_configuration_and_the_arguments_as_they_were_typed() {
        assertThat(AlembicCalls.call(invocation(Program.ALEMBIC, List.of("db/alembic.ini"), "shop"),
                List.of("password=s3cr3t"), List.of(), List.of("upgrade", "b"))).containsExactly("alembic", "-c",
                        "db/alembic.ini", "-n", "shop", "-x", "password=s3cr3t", "upgrade", "b");
        assertThat(AlembicCalls.call(invocation(Program.ALEMBIC, List.of(), null), List.of(),
                List.of("poetry", "run", "alembic"), List.of("current")))
                .containsExactly("poetry", "run", "alembic", "current");
    }

    @Test
    void options_of_flask_migrate_stand_behind_its_command() {
        assertThat(AlembicCalls.call(invocation(Program.FLASK_MIGRATE, List.of("db/migrations/alembic.ini"), null),
                List.of("tenant=a"), List.of(), List.of("upgrade", "b"))).containsExactly("flask", "db", "upgrade",
                        "-d",
                        "db/migrations", "-x", "tenant=a", "b");
    }

    @Test
    void without_a_known_configuration_nothing_is_called() {
        assertThatThrownBy(() -> AlembicCalls.call(invocation(Program.ALEMBIC, null, null), List.of(), List.of(),
                List.of("current"))).hasMessageContaining("name it with --config instead of --scripts");
    }

    @Test
    void the_error_that_ended_all_is_named_with_the_script_that_ran() {
        assertThat(AlembicCalls.failure("""
                INFO  [alembic.runtime.migration] Running upgrade a -> b
                Traceback (most recent call last):
                  File "/usr/lib/python3/dist-packages/sqlalchemy/engine/base.py", line 1705, in _execute_context
                    self.dialect.do_execute(
                psycopg2.errors.UndefinedColumn: column "amount" does not exist

                The above exception was the direct cause of the following exception:

                Traceback (most recent call last):
                  File "/srv/navbot/migrations/env.py", line 9, in <module>
                    context.run_migrations()
                  File "/srv/navbot/migrations/versions/c.py", line 15, in upgrade
                    op.execute("CREATE INDEX by_amount ON orders (amount)")
                  File "/usr/lib/python3/dist-packages/alembic/operations/ops.py", line 2, in execute
                    operations.invoke(operation)
                sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedColumn) column "amount" does not exist

                [SQL: CREATE INDEX by_amount ON orders (amount)]
                (Background on this error at: https://sqlalche.me/e/14/f405)
                """)).isEqualTo(new ToolFailure("c.py",
                "sqlalchemy.exc.ProgrammingError: (psycopg2.errors.UndefinedColumn) column \"amount\" does not exist"));
    }

    @Test
    void an_error_of_alembic_itself_and_a_program_that_says_nothing_have_no_script() {
        assertThat(AlembicCalls.failure("INFO  x\n  FAILED: Can't locate revision identified by 'x'\n"))
                .isEqualTo(new ToolFailure(null, "Can't locate revision identified by 'x'"));
        assertThat(AlembicCalls.failure("one\nKilled\n\n")).isEqualTo(new ToolFailure(null, "Killed"));
        assertThat(AlembicCalls.failure("")).isEqualTo(new ToolFailure(null, "no output"));
    }

    private static ToolInvocation invocation(
            Program program, @Nullable List<String> config, @Nullable String section) {
        return new ToolInvocation(program, config, section, List.of(), false, "/app");
    }
}
