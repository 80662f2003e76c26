package dev.migrationledger.core.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.repair.ScriptRepairs;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.core.situation.ToolCalls;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes before and after each command of a plan. */
class ToolCallsTest {

    private static final String SECRET = "s3cr3tOfThem";

    @Test
    void options_that_the_tool_finds_by_itself_are_left_out() {
        assertThat(here(alembic(List.of(), null))).isEqualTo("alembic stamp");
    }

    @Test
    void configuration_section_and_arguments_are_quoted_for_a_shell() {
        assertThat(here(alembic(List.of("deploy/alembic.ini"), "tenant", "schema=acme")))
                .isEqualTo("alembic -c deploy/alembic.ini -n tenant -x schema=acme stamp");
        assertThat(here(alembic(List.of("my app/it's.ini"), "$HOME", "a b")))
                .isEqualTo("alembic -c 'my app/it'\\''s.ini' -n '$HOME' -x 'a b' stamp");
    }

    @Test
    void elsewhere_each_command_goes_to_the_working_folder_and_says_so() {
        ToolCall call = ToolCalls.elsewhere(alembic(List.of(), "tenant"));
        String command = call.command("current");
        assertThat(command).isEqualTo("cd /srv/app && alembic -n tenant current");
        assertThat(call.notesOn(command)).containsExactly("It runs in /srv/app, where the agent runs.");
        assertThat(call.notesOn("psql")).isEmpty();
    }

    @Test
    void flask_takes_its_options_after_the_command() {
        assertThat(here(new ToolInvocation(Program.FLASK_MIGRATE, List.of("db/migrations/alembic.ini"), null,
                List.of("tenant=a"), false, "/srv/app"))).isEqualTo("flask db stamp -d db/migrations -x tenant=a");
        assertThat(here(new ToolInvocation(Program.FLASK_MIGRATE, List.of(), null, List.of(), false, "/srv/app")))
                .isEqualTo("flask db stamp");
    }

    @Test
    void unknown_options_are_left_open_with_a_note() {
        ToolCall config = ToolCalls.here(alembic(null, null));
        assertThat(config.command("stamp")).isEqualTo("alembic -c … stamp");
        assertThat(config.notesOn("alembic -c … stamp a"))
                .containsExactly("Replace '-c …' with the project's configuration.");
        ToolCall arguments = ToolCalls.here(
                new ToolInvocation(Program.ALEMBIC, List.of(), null, List.of(), true, "/srv/app"));
        assertThat(arguments.command("stamp")).isEqualTo("alembic -x … stamp");
        assertThat(arguments.notesOn("alembic -x … stamp a"))
                .containsExactly("Replace '-x …' with the options that choose this database's tenant.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"url=postgresql://u:" + SECRET + "@h/db", "password=" + SECRET, "db_password=my " + SECRET,
        "dsn=host=h password=" + SECRET})
    void no_secret_of_an_argument_is_kept_or_shown(String argument) {
        ToolInvocation invocation = alembic(List.of(), null, argument);
        assertThat(new String(ContractJson.write(invocation), StandardCharsets.UTF_8)).doesNotContain(SECRET);
        ToolCall call = ToolCalls.elsewhere(invocation);
        assertThat(call.before()).doesNotContain(SECRET).contains("…");
        assertThat(call.note()).startsWith("Replace '…' with what is hidden because it looks like a secret.");
    }

    @Test
    void agents_that_call_it_differently_leave_the_options_open() {
        ToolCall call = ToolCalls.differing(
                Map.of("b", alembic(List.of(), "orders"), "a", alembic(List.of(), "users")));
        assertThat(call.command("stamp")).isEqualTo("alembic … stamp");
        assertThat(call.note()).isEqualTo(
                "Agents call the tool differently: 'a' as 'alembic -n users' and 'b' as 'alembic -n orders'."
                        + " Replace '…' with the options that reach this database.");
    }

    @Test
    void several_heads_are_merged_by_the_tool_of_the_project() {
        Finding heads = Finding.error(DivergenceCode.MULTIPLE_HEADS, "2 heads.");
        Finding broken = Finding.error(DivergenceCode.MISSING_PARENT, "There is no 'a'.");
        List<Finding> planned = ScriptRepairs.of(List.of(heads, broken), List.of("b", "$(x)"),
                ToolCalls.here(alembic(List.of(), "tenant")));
        assertThat(planned.getFirst().plan()).extracting(PlanStep::command)
                .containsExactly("alembic -n tenant merge -m \"merge heads\" b '$(x)'");
        assertThat(planned.getFirst().plan().getFirst().check())
                .isEqualTo("'alembic -n tenant heads' prints one revision.");
        assertThat(planned.getLast()).isEqualTo(broken);
    }

    private static String here(ToolInvocation invocation) {
        return ToolCalls.here(invocation).command("stamp");
    }

    private static ToolInvocation alembic(
            @Nullable List<String> config, @Nullable String section, String... arguments) {
        return new ToolInvocation(Program.ALEMBIC, config, section, List.of(arguments), false, "/srv/app");
    }
}
