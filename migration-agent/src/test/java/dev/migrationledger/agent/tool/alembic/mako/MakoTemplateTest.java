package dev.migrationledger.agent.tool.alembic.mako;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.migrationledger.agent.python.symbolic.ImportedNames.Option;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Moment;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Named;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Nothing;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Sequence;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small templates. What whole ones come to is compared with Mako itself where merges are written. */
class MakoTemplateTest {

    private static final Map<String, TemplateValue> VARIABLES = Map.of(
            "up", new Text("abc"), "down", Sequence.tuple(List.of("a", "b")), "none", Nothing.NONE,
            "when", new Moment(ZonedDateTime.of(2026, 3, 9, 7, 5, 3, 0, ZoneOffset.UTC), false),
            "comma", new Named("comma"), "config", new Named("config"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ${up}-${up.upper()}                        | abc-ABC
            ${down}                                    | ('a', 'b')
            ${none}                                    | None
            ${gone or "absent"}                        | absent
            ${"set" if gone else "unset"}              | unset
            ${when} ${when.month}                      | 2026-03-09 07:05:03 3
            ${when.strftime("%d/%m/%y")}               | 09/03/26
            ${comma(down)}                             | a, b
            ${", ".join([x for x in down if x != "a"])}| b
            ${repr(up + "'" + '"')}                    | 'abc\\'"'
            ${up[1:]}${up[-1]}${down[0]}               | bcca
            ${"%s:%r:%%" % (up, none)}                 | abc:None:%
            ${f"{up!r} {down[0]}"}                     | 'abc' a
            ${context.get("gone", up)}                 | abc
            ${config.get_main_option("known")}         | value
            ${config.get_main_option("absent", "x")}   | x
            ${len(down) * "ab" if 0 else len(down)}    | 2
            ${not none and up not in down}             | True
            ${(1, "x", None, True)}                    | (1, 'x', None, True)
            ${ {} }${ {"a": [1, "x"], "b": none} }     | {}{'a': [1, 'x'], 'b': None}
            ${"a-b".replace("-", "_").split("_")}      | ['a', 'b']
            """)
    void an_expression_is_worth_what_python_makes_of_it(String template, String text) throws MakoProblem {
        assertThat(rendered(template)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `\\n\\n${gone}`                            | 3 | uses 'gone'
            `${up!r}`                                  | 1 | is not valid Python
            `x\\n<% import os %>\\n${os.environ}`      | 3 | uses 'os'
            `<%def name="f()">x</%def>`                | 1 | uses '<%def>'
            `<%inherit file="other.mako"/>`            | 1 | uses '<%inherit>'
            `\\n% while up:\\n% endwhile`              | 2 | uses '% while up:'
            `% if up:\\nx`                             | 1 | begins '% if' and never ends it
            `x\\n% endif`                              | 2 | uses '% endif'
            `${up`                                     | 1 | opens an expression or a block and never closes it
            `${open("/etc/passwd").read()}`            | 1 | uses 'open'
            `${config.get_main_option("unclear")}`     | 1 | uses 'config.get_main_option("unclear")'
            `${self.name}`                             | 1 | uses 'self'
            `${repr(when)}`                            | 1 | uses 'repr(when)'
            `<%!\\ndef f():\\n    return up\\n%>${f()}`| 3 | uses 'up'
            `<%!\\n\\ndef f(x):\\n    return f(x)\\n%>${f(1)}` | 4 | computes too much
            `${"x" * 999 * 999 * 999 * 999}`           | 1 | uses '"x" * 999 * 999'
            `${("x" * 999).replace("x", "y" * 999)}`   | 1 | `uses '("x" * 999).replace("x", "y" * 999)'`
            """)
    void what_is_not_known_is_named_with_its_line(String template, int line, String reason) {
        assertThatExceptionOfType(MakoProblem.class).isThrownBy(() -> rendered(template.replace("\\n", "\n")))
                .satisfies(problem -> {
                    assertThat(problem.reason()).isEqualTo(reason);
                    assertThat(problem.line()).isEqualTo(line);
                });
    }

    @Test
    void a_loop_within_a_loop_ends() {
        String loop = "% for a in down:\n".repeat(30) + "x\n" + "% endfor\n".repeat(30);
        assertThatExceptionOfType(MakoProblem.class).isThrownBy(() -> rendered(loop))
                .satisfies(problem -> assertThat(problem.reason()).isEqualTo("computes too much"));
    }

    private static String rendered(String template) throws MakoProblem {
        return MakoTemplate.of(template.getBytes(StandardCharsets.UTF_8)).rendered(VARIABLES, name -> switch (name) {
            case "known" -> new Option.Known("value");
            case "unclear" -> new Option.Unclear();
            default -> new Option.Known(null);
        });
    }
}
