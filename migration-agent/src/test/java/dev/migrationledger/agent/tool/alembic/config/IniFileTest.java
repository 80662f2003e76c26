package dev.migrationledger.agent.tool.alembic.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.scripts.ConfigProblem;
import dev.migrationledger.contracts.scripts.Place;
import dev.migrationledger.core.scripts.ScriptFindings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IniFileTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", ignoreLeadingAndTrailingWhitespace = true, textBlock = """
            x = a                       | a
            x: a                        | a
            x : a = b                   | a = b
            X = a                       | a
            x=                          | ``
            x = a  # no remark          | a  # no remark
            x = a\\n  b\\n  c            | a\\nb\\nc
            x = a\\n\\n  b               | a\\n\\nb
            x = a\\n  # remark\\n  b     | a\\nb
            x = a\\n; remark\\n  b       | a\\nb
            # x = a                     | -
            x = %%                      | %
            x = %(y)s/a\\ny = %(z)s\\nz=c | c/a
            x = %(HERE)s/a              | /etc/app/a
            x = %(d)s                   | default
            x = 100%%(y)s               | 100%(y)s
            """)
    void values_are_those_of_configparser(String text, @Nullable String expected) {
        String value = section("[DEFAULT]\nd = default\n[s]\n" + text.replace("\\n", "\n"))
                .get("x").map(IniSection.Interpolated::value).orElse(null);
        assertThat(value == null ? null : value.replace("\n", "\\n")).isEqualTo(expected);
    }

    @Test
    void a_percent_sign_of_its_own_is_reported_with_the_line_that_would_be_right() {
        assertThat(section("[s]\n\ntimezone = %04d\n").problems()).containsExactly(
                new ConfigProblem.StrayPercent(new Place("s.ini", 3), "timezone", null, "timezone = %%04d"));
    }

    @Test
    void a_reference_that_leads_nowhere_is_reported_and_others_in_the_line_are_left_alone() {
        assertThat(section("[s]\nfile_template = %(here)s %(rev)s_%(slug)s\n").problems())
                .extracting(IniFileTest::message)
                .containsExactly(
                        "'file_template' refers to '%(rev)s', which neither [s] nor [DEFAULT] defines.");
    }

    @Test
    void a_password_is_never_repeated() {
        List<? extends ConfigProblem> problems = section("[s]\nsqlalchemy.url = postgresql://app:se%cret@db/app\n")
                .problems();
        assertThat(problems).singleElement().extracting(ScriptFindings::of).asString()
                .contains("sqlalchemy.url").doesNotContain("cret");
        for (String line : List.of("pw = s3cret%", "db_pass s3cret", "  s3cret", "my.own = s3cret%(nowhere)s",
                "key : s3cret%", "= s3cret", "s3cret\n")) {
            assertThat(IniFile.parse("s.ini", "[s]\n" + line).problems().toString()
                    + section("[s]\n" + line).problems()).as(line).doesNotContain("s3cret");
            assertThat(IniFile.parse("s.ini", line).problems().toString()).as(line).doesNotContain("s3cret");
        }
    }

    @Test
    void references_in_a_circle_come_to_an_end() {
        assertThat(section("[s]\na = %(b)s\nb = %(a)s\n").problems()).hasSize(2);
        StringBuilder doubling = new StringBuilder("[s]\nx0 = 0123456789%%\n");
        for (int i = 1; i < 9; i++) {
            doubling.append("x%d = %s\n".formatted(i, ("%(x" + (i - 1) + ")s").repeat(50)));
        }
        assertThat(section(doubling.toString()).problems()).as("those of more than a million characters")
                .hasOnlyElementsOfType(ConfigProblem.OfOption.ReferenceTooDeep.class)
                .extracting(ConfigProblem.OfOption::option).containsExactly("x3", "x4", "x5", "x6", "x7", "x8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x = 1\\n[s]                  | 1 | Line 1 of s.ini is not in a section.
            [s]\\nx = 1\\nX: 2            | 3 | Section [s] of s.ini sets 'x' twice.
            [s]\\n[t]\\n[s]               | 3 | s.ini has the section [s] twice.
            [s]\\nx                      | 2 | Line 2 of s.ini is neither 'name = value' nor a section.
            [s]\\n= 1                    | 2 | Line 2 of s.ini is neither 'name = value' nor a section.
            """)
    void what_configparser_refuses_is_a_problem_with_its_line(String text, int line, String message) {
        List<ConfigProblem> problems = IniFile.parse("s.ini", text.replace("\\n", "\n")).problems();
        assertThat(problems).extracting(problem -> problem.place().line(), IniFileTest::message)
                .containsExactly(tuple(line, message));
    }

    @Test
    void after_a_mistake_the_rest_is_read() {
        IniFile ini = IniFile.parse("s.ini", "\uFEFF[s]\nnonsense\nx = 1\nx = 2\ny = 3\n");
        assertThat(ini.problems()).hasSize(3);
        assertThat(ini.section("s", "/").get("x").map(IniSection.Interpolated::value)).contains("1");
        assertThat(ini.section("s", "/").get("y").map(IniSection.Interpolated::value)).contains("3");
    }

    private static String message(ConfigProblem problem) {
        return ScriptFindings.of(problem).message();
    }

    private static IniSection section(String text) {
        return IniFile.parse("s.ini", text).section("s", "/etc/app");
    }
}
