package dev.migrationledger.agent.tool.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.symbolic.ImportedNames.Found;
import dev.migrationledger.agent.tool.Setting;
import dev.migrationledger.agent.tool.Setting.Computed;
import dev.migrationledger.agent.tool.Setting.Unset;
import dev.migrationledger.agent.tool.Setting.Variable;
import dev.migrationledger.contracts.unread.ValueReason.ImportedFromOutside;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentScriptTest {

    private static final String HEAD = """
            import os
            from alembic import context
            from sqlalchemy import MetaData, create_engine, engine_from_config, pool, text
            config = context.config
            TABLE = "shop_version"
            target_metadata = MetaData(schema="shop")

            """;
    private static final String ONLINE = """
            def run_migrations_offline():
                context.configure(url="postgresql://offline/x", version_table="offline_version")

            def run_migrations_online():
                engine = create_engine(config.get_main_option("sqlalchemy.url"))
                with engine.connect() as connection:
                    context.configure(connection=connection, target_metadata=target_metadata%s)
                    with context.begin_transaction():
                        context.run_migrations()

            if context.is_offline_mode():
                run_migrations_offline()
            else:
                run_migrations_online()
            """;

    @Test
    void a_plain_env_py_leaves_all_to_the_default() {
        EnvironmentScript read = read(ONLINE.formatted(""));
        assertThat(read.versionTable()).isEqualTo(Unset.UNSET);
        assertThat(read.versionTableSchema()).isEqualTo(Unset.UNSET);
        assertThat(read.searchPath()).isEqualTo(Unset.UNSET);
        assertThat(read.url()).isEqualTo(Unset.UNSET);
        assertThat(read.isComplete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            version_table="v"                       | v
            version_table=TABLE                     | shop_version
            version_table=f"{TABLE}_2"              | shop_version_2
            version_table=None                      |
            **{"version_table": "v"}                | v
            version_table="a" if True else "b"      | a
            """)
    void literals_name_the_version_table(String argument, String expected) {
        EnvironmentScript read = read(ONLINE.formatted(", " + argument));
        assertThat(read.versionTable().literal()).isEqualTo(expected);
        assertThat(read.isComplete()).isTrue();
    }

    @Test
    void the_schema_may_be_that_of_the_metadata() {
        assertThat(read(ONLINE.formatted(", version_table_schema=target_metadata.schema")).versionTableSchema())
                .isEqualTo(new Setting.Literal("shop"));
    }

    @Test
    void a_variable_of_the_environment_is_asked_for_by_name() {
        Setting setting = read(ONLINE.formatted(", version_table_schema=os.environ['SHOP']")).versionTableSchema();
        assertThat(setting).isEqualTo(new Variable("SHOP", null));
        assertThat(setting.in(Map.of("SHOP", "north"))).isEqualTo(new Setting.Literal("north"));
        assertThat(setting.in(Map.of())).isInstanceOf(Computed.class);
        assertThat(read(ONLINE.formatted(", version_table=os.getenv('T', 'v')")).versionTable().in(Map.of()))
                .isEqualTo(new Setting.Literal("v"));
        assertThat(read(ONLINE.formatted(", version_table_schema=os.environ.get('S')")).versionTableSchema()
                .in(Map.of())).isEqualTo(Unset.UNSET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"settings.table", "table_of(config)", "f'{name}_version'",
        "context.get_x_argument(as_dictionary=True)['table']"})
    void a_computed_value_is_reported_with_its_line(String expression) {
        assertThat(
                read("from app import settings, table_of, name\n" + ONLINE.formatted(", version_table=" + expression))
                        .versionTable())
                .isEqualTo(new Computed("migrations/env.py:15"));
    }

    @Test
    void arguments_that_cannot_be_unpacked_leave_it_incomplete() {
        assertThat(read("from app import options\n" + ONLINE.formatted(", **options")).isComplete()).isFalse();
    }

    @Test
    void a_function_that_is_handed_over_is_followed() {
        EnvironmentScript read = read("""
                import asyncio
                from sqlalchemy.ext.asyncio import async_engine_from_config

                def do_run_migrations(connection):
                    context.configure(connection=connection, version_table="v")

                async def run_async_migrations():
                    connectable = async_engine_from_config(config.get_section(config.config_ini_section, {}))
                    async with connectable.connect() as connection:
                        await connection.run_sync(do_run_migrations)

                asyncio.run(run_async_migrations())
                """);
        assertThat(read.versionTable()).isEqualTo(new Setting.Literal("v"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            engine = create_engine(U, connect_args={"options": "-csearch_path=shop"})                       | shop
            engine = create_engine(U, connect_args={"options": "-c search_path=shop,public -c x=1"})        | shop,public
            engine = engine_from_config({}, connect_args={"server_settings": {"search_path": "shop"}})      | shop
            connection.execute(text("SET search_path TO shop, public"))                                     | shop, public
            connection.exec_driver_sql('set search_path = "Shop"')                                          | "Shop"
            connection.execute("SET SESSION search_path TO shop;")                                          | shop
            connection.execute(text("SELECT set_config('search_path', 'shop', false)"))                     | shop
            connection = connection.execution_options(schema_translate_map={None: "shop"})                  | shop
            """)
    void a_search_path_is_read_wherever_it_is_set(String statement, String expected) {
        assertThat(read("from app import connection, U\n" + statement + "\n" + ONLINE.formatted("")).searchPath())
                .isEqualTo(new Setting.Literal(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "connection.exec_driver_sql('SET search_path TO \"%s\", public' % tenant)",
        "connection.execute(text(f'set search_path to {tenant}'))",
        "connection.dialect.default_schema_name = tenant",
        "connection = connection.execution_options(schema_translate_map={None: tenant})",
        "@event.listens_for(engine, 'connect')\ndef path(c, r):\n    c.cursor().execute('SET search_path TO x')"})
    void a_search_path_that_is_computed_or_set_elsewhere_is_open(String statement) {
        assertThat(read("from app import connection, tenant, event, engine\n" + statement + "\n" + ONLINE.formatted(""))
                .searchPath()).isInstanceOf(Computed.class);
    }

    @Test
    void the_url_may_be_set_in_several_ways() {
        assertThat(read("config.set_main_option('sqlalchemy.url', 'postgresql://a:b%%40@c/d')\n").url())
                .isEqualTo(new Setting.Literal("postgresql://a:b%40@c/d"));
        assertThat(read("config.set_main_option('sqlalchemy.url', os.environ['U'])\n").url())
                .isEqualTo(new Variable("U", null));
        assertThat(read("config.set_main_option('sqlalchemy.url', os.environ['U'].replace('%', '%%'))\n").url())
                .isEqualTo(new Variable("U", null));
        assertThat(read("config.set_section_option('alembic', 'sqlalchemy.url', 'postgresql://x')\n").url())
                .isEqualTo(new Setting.Literal("postgresql://x"));
        assertThat(read("engine = create_engine(os.environ['U'])\n").url()).isEqualTo(new Variable("U", null));
        assertThat(read("from app import s\nconfig.set_main_option('sqlalchemy.url', s.url)\n").url())
                .isInstanceOf(Computed.class);
    }

    @Test
    void a_width_that_it_gives_the_column_is_read() {
        assertThat(read("""
                from app import connection
                connection.execute(text("ALTER TABLE alembic_version ALTER COLUMN version_num TYPE VARCHAR(128)"))
                """).width()).isEqualTo(128);
    }

    @Test
    void nothing_of_it_is_run_and_nothing_of_it_can_break_the_reader() {
        assertThat(read("raise SystemExit\nwhile True: pass\n)(").isComplete()).isFalse();
    }

    private static EnvironmentScript read(String text) {
        return EnvironmentScript.of("migrations/env.py", (HEAD + text).getBytes(StandardCharsets.UTF_8),
                (level, dotted) -> new Found.Absent(new ImportedFromOutside(dotted)));
    }
}
