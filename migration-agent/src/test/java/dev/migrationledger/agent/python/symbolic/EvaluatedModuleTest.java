package dev.migrationledger.agent.python.symbolic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.python.symbolic.ImportedNames.Found;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.unread.SyntaxError.BrokenRule;
import dev.migrationledger.contracts.unread.SyntaxError.Rule;
import dev.migrationledger.contracts.unread.ValueReason.Called;
import dev.migrationledger.contracts.unread.ValueReason.ImportedFromOutside;
import dev.migrationledger.core.scripts.ReasonText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a module's names stand for. Values are shown as Python would print them. */
class EvaluatedModuleTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x = 'a'                               | 'a'
            x = "a" 'b' \\n "c"                   | 'ab'
            x = ("a"\\n  # between\\n  "b")        | 'ab'
            x: str = 'a'                          | 'a'
            x : Union[str, None] = None           | None
            x = y = 'a'                           | 'a'
            y = x = z = 'a'                       | 'a'
            y, x = 'b', 'a'                       | 'a'
            (y, [z, x]) = 'b', ('c', 'a')         | 'a'
            y.z = x = 'a'                         | 'a'
            y['=', (1)] = x = 'a'                 | 'a'
            x = 'b'; x = 'a'                      | 'a'
            x = ()                                | ()
            x = ('a')                             | 'a'
            x = ('a',)                            | ('a',)
            x = 'a',                              | ('a',)
            x = 'a', 'b'                          | ('a', 'b')
            x = ['a', 'b',]                       | ['a', 'b']
            x = {'a', 'b'}                        | {'a', 'b'}
            x = frozenset(['a'])                  | {'a'}
            x = tuple(['a', 'b'])                 | ('a', 'b')
            x = set()                             | {}
            x = [*('a', 'b'), 'c']                | ['a', 'b', 'c']
            y = 'a'\\nx = y                        | 'a'
            y = 'a'\\nx = (y, 'b')                 | ('a', 'b')
            x = 'a' + 'b'                         | 'ab'
            x = ('a',) + ('b',)                   | ('a', 'b')
            x = 'a'\\nx += 'b'                     | 'ab'
            x = 'a' if True else 'b'              | 'a'
            x = 'a'.upper()                       | 'A'
            x = fr'\\{{\\}}' if 0 else 'a'             | 'a'
            x = f'\\N{LATIN SMALL LETTER A}{"b"}'   | 'ab'
            type X[T: int = str] = list[T]\\nx = 'a' | 'a'
            def f[**P, *Ts](a: P) -> {'b': 1}: pass\\nx = 'a' | 'a'
            try: pass\\nexcept A, B: pass\\nx = 'a'     | 'a'
            try: pass\\nexcept* (A, B) as e: pass\\nx = 'a' | 'a'
            y = t'{x!r:>{w}}' tr'{{'\\nx = 'a'       | 'a'
            match y:\\n  case [z, *_] if z: pass\\n  case {'k': 1, **r}, C(a=1): pass\\nx = 'a' | 'a'
            match = {}; match[0]: int = 1; case = type = 'b'; x = 'a' | 'a'
            match w := y,:\\n  case _: pass\\nx = 'a'   | 'a'
            with (open(y) as f, (z)): x = 'a'          | 'a'
            with (yield): pass\\nx = 'a'               | 'a'
            x = (y := 'a')                        | 'a'
            x = [*'ab'][-1:0:-1][0]               | 'b'
            async def f():\\n  async with a as b, c: await d\\nx = 'a' | 'a'
            x = 'a'\\nx *= 2                       | 'aa'
            x = {'a': 'b'}                        | {'a': 'b'}
            for x in 'b', 'a': pass               | 'a'
            x, *y = 'a', 'b'                      | 'a'
            y = ['a']; x = y; y.append('b')       | ['a', 'b']
            x = ['a']; x[0] = 'b'                 | ['b']
            x = [y.lower() for y in ('A', 'B') if y != 'B'] | ['a']
            def f(a, b='c'): return (a, b)\\nx = f('b')      | ('b', 'c')
            x = '%s-%(y)s' % {'y': 'b'} if 0 else '-'.join(['a', 'b']) | 'a-b'
            x = 'a' if None else 'b'              | 'b'
            x = None or 'a'                       | 'a'
            x = 'a' # 'b'                         | 'a'
            x = 'a' \\\\n 'b'                     | 'ab'
            x = b'a'                              | builtins.bytes()
            x = 12                                | 12
            x = True                              | True
            x = r'\\d'                            | '\\d'
            x = Rb'a'                             | builtins.bytes()
            x = u'a'                              | 'a'
            y = 'a'\\nx = f'{y}b'                  | 'ab'
            x = f'{{a}}'                          | '{a}'
            x = '\\x41\\u0042\\U00000043\\104\\N{LATIN SMALL LETTER E}' | 'ABCDe'
            x = '\\q'                             | '\\q'
            if TYPE_CHECKING:\\n  x = 'b'\\nelse:\\n  x = 'a'   | 'a'
            if True: x = 'a'                      | 'a'
            x = 'a'\\nif __name__ == '__main__':\\n    x = 'b'  | 'a'
            if y():\\n  x = 'a'\\nelse:\\n  x = 'a'             | 'a'
            x = 'a'\\nif y():\\n  pass                        | 'a'
            x = 'a'\\nif y():\\n  z = 'b'                     | 'a'
            with y() as z:\\n  x = 'a'                       | 'a'
            try:\\n  x = 'a'\\nexcept E:\\n  pass\\nfinally:\\n  y = 1 | 'a'
            x = 'a'\\ndef f():\\n  x = 'b'\\n                  | 'a'
            x = 'a'\\nclass C:\\n  x = 'b'\\n  def f(self):\\n    \"""\\nx = 'c'\\n\"""\\n | 'a'
            x = 'a'\\n@y(x='b')\\ndef f(x='c'): x = 'd'        | 'a'
            x = 'a'\\nf(x='b')                                | 'a'
            x = 'a'\\nx == 'b'                                | 'a'
            x = 'a'\\nx: str                                  | 'a'
            x = 'a'\\ny = lambda x='b': x                     | 'a'
            y = f'''\\nx = "b"\\n{z["x = 'c'"]!r:>{w}}'''\\nx = 'a' | 'a'
            y = f"{f"{"x"}"}"; x = 'a'                       | 'a'
            """)
    void values_that_can_be_known(String source, String expected) {
        assertThat(shown(x(source))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x = get()                             | it calls 'get'
            x = get('a')                          | it calls 'get'
            x = y                                 | 'y' is not defined
            x = 'a' % 1                           | it is computed
            x = ['a' for y in z]                  | 'z' is not defined
            x = [y for y in (1, z)]               | 'y' on line 1 is unknown: 'z' is not defined
            x = lambda: 'a'                       | it is a function
            x = len                               | it is Python's own 'len'
            x = open('a').read()                  | 'a' cannot be read
            x = f'{y}'                            | '{y}' in the formatted string is unknown
            x = 'a' + ('b',)                      | it adds values that cannot be added
            x = 'a'\\nx /= 2                       | it is computed
            x = 'a'\\ndel x                        | it is deleted
            def x(): pass                         | it is a function
            class x: pass                         | it is a class
            for x in y: pass                      | it depends on 'for x in y'
            for y in 'a', 'b':\\n  x = y\\n  if z(): break | it depends on when a loop ends
            if y():\\n  x = 'a'                    | it depends on 'y()'
            if y():\\n  x = 'a'\\nelse:\\n  x = 'b'  | it depends on 'y()'
            x = 'a'\\nif y(): x = 'b'              | it depends on 'y()'
            try:\\n  x = 'a'\\nexcept E:\\n  x = 'b' | it depends on 'try'
            while y():\\n  x = 'a'                 | it depends on 'while y()'
            x, y = z                              | 'z' is not defined
            x, y = 'a', 'b', 'c'                  | it is unpacked from a value of another shape
            x = ['a']; x.append(*y)               | it is changed in place
            x = ['a']; x[y] = 'b'                 | it is changed in place
            x = y = get()                         | it calls 'get'
            y = get()\\nx = y                      | 'y' on line 1 is unknown: it calls 'get'
            """)
    void what_cannot_be_known_says_why(String source, String reason) {
        assertThat(x(source).symbol()).isInstanceOfSatisfying(
                Symbol.Unknown.class, unknown -> assertThat(ReasonText.of(unknown.reason())).isEqualTo(reason));
    }

    @Test
    void texts_of_a_list_are_known_beside_what_is_not() {
        assertThat(shown(x("x = ('a', get(), 'b')"))).isEqualTo("('a', <get(): it calls 'get'>, 'b')");
    }

    @Test
    void an_unknown_value_names_its_expression_and_line() {
        assertThat(x("'''doc'''\n\ny = 1\nx = get(\n   1,\n   2)\n"))
                .extracting(Binding::symbol).isInstanceOfSatisfying(Symbol.Unknown.class, unknown -> {
                    assertThat(unknown.expression()).isEqualTo("get( 1, 2)");
                    assertThat(unknown.reason()).isEqualTo(new Called("get"));
                    assertThat(unknown.place()).extracting(SourceRange::start, SourceRange::end, SourceRange::line)
                            .containsExactly(21, 37, 4);
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            'one line'                            | one line
            # remark\\n\\n"two\\nlines"            | -
            # remark\\n\\n\"""two\\nlines\"""        | two\\nlines
            r'raw \\d'                            | raw \\d
            'joined' ' up'                        | joined up
            f'formatted'                          | -
            b'bytes'                              | -
            x = 'no docstring'                    | -
            'a' + 'b'; x = 1                      | ab
            """)
    void docstrings(String source, @Nullable String expected) {
        String docstring = read(source).docstring();
        assertThat(docstring == null ? null : docstring.replace("\n", "\\n")).isEqualTo(expected);
    }

    @Test
    void imported_names_are_asked_for_only_where_they_matter() {
        List<String> asked = new ArrayList<>();
        EvaluatedModule module = EvaluatedModule.of("script.py",
                """
                        import a.b
                        from .c import (d as e,
                                        f)
                        from ..g import h
                        x = (e, h.i, a.b.j)
                        y = f
                        z = (f,)
                        """.getBytes(StandardCharsets.UTF_8),
                (level, dotted) -> {
                    asked.add(level + " " + dotted);
                    String binds = "d = 'D'\ni = 'I'\nj = 'J'\n";
                    return new Found.Module(
                            EvaluatedModule.of("script.py", binds.getBytes(StandardCharsets.UTF_8), NONE,
                                    AlembicRuntime.ASSUMPTIONS));
                }, AlembicRuntime.ASSUMPTIONS);
        assertThat(asked).isEmpty();
        assertThat(shown(binding(module, "x"))).isEqualTo("('D', 'I', 'J')");
        assertThat(asked).containsExactly("1 c", "2 g.h", "0 a.b");
        assertThat(shown(binding(module, "y"))).isEqualTo("<f: 'f' is unknown: '.c' does not define 'f'>");
    }

    @Test
    void everything_that_a_file_of_the_project_binds_may_be_imported_at_once() {
        EvaluatedModule module = EvaluatedModule.of("script.py",
                "from .names import *\n".getBytes(StandardCharsets.UTF_8),
                (level, dotted) -> new Found.Module(
                        EvaluatedModule.of("script.py", "x = ('a', 'b')".getBytes(StandardCharsets.UTF_8), NONE,
                                AlembicRuntime.ASSUMPTIONS)),
                AlembicRuntime.ASSUMPTIONS);
        assertThat(shown(binding(module, "x"))).isEqualTo("('a', 'b')");
    }

    @Test
    void importing_everything_is_remembered() {
        assertThat(read("import a\nfrom b import *\n").wildcardImport()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            x = 'a'\\ny = 'b                       | 2 | a string is not closed
            x = 'a'\\n\\ny = '''b\\n\\n             | 3 | a triple-quoted string is not closed
            x = 'a'\\ny = f'{b                     | 2 | a field of a formatted string is not closed
            x = 'a'\\ny = (\\n'b'\\n               | 2 | '(' is not closed
            x = 'a'\\ny = )                        | 2 | ')' closes nothing
            x = 'a'\\ny = (]                       | 2 | ']' does not close '('
            x = 'a'\\ny = 'a' 1                    | 2 | '1' appears where the statement should end
            x = 'a'\\ny = '\\x4'                   | 2 | an escape sequence in a string is incomplete
            x = 'a'\\nprint 'b'                    | 2 | 'print' and 'exec' are functions in Python 3
            x = 'a'\\nif y:\\n\\nz = 1              | 4 | an indented block is missing
            x = 'a'\\nf() = 1                      | 2 | nothing can be assigned to this expression
            x = 'a'\\n<<<<<<< HEAD\\nx = 'b'       | 2 | a merge conflict is not resolved
            """)
    void what_python_cannot_read_is_a_problem_with_its_line(String source, int line, String message) {
        assertThat(read(source).problems()).extracting(EvaluatedModuleTest::shown)
                .containsExactly(line + ": " + message);
        assertThat(shown(x(source))).as("what stands before it is known all the same").isEqualTo("'a'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latin-1", "iso-8859-15", "cp1252", "utf-8", "UTF8", "utf_8_sig"})
    void declared_encodings_are_followed(String encoding) {
        Charset charset = encoding.toLowerCase(Locale.ROOT).startsWith("utf")
                ? StandardCharsets.UTF_8
                : Charset.forName(encoding.equals("latin-1") ? "iso-8859-1" : encoding);
        EvaluatedModule module = read(("# -*- coding: " + encoding + " -*-\nx = 'é'\n").getBytes(charset));
        assertThat(module.problems()).isEmpty();
        assertThat(shown(binding(module, "x"))).isEqualTo("'é'");
    }

    @Test
    void an_encoding_counts_on_the_second_line_only_after_a_comment() {
        byte[] second = "#!python\n# vim: set fileencoding=latin1 :\nx = 'é'".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(second).problems()).isEmpty();
        byte[] third = "#\n#\n# coding: latin1\nx = 'é'".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(third).problems()).extracting(EvaluatedModuleTest::shown)
                .containsExactly("4: byte 0xe9 is not UTF-8, and no encoding is declared");
        byte[] code = "y = 1\n# coding: latin1\nx = 'é'".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(code).problems()).extracting(EvaluatedModuleTest::shown)
                .containsExactly("3: byte 0xe9 is not UTF-8, and no encoding is declared");
    }

    @Test
    void bytes_that_are_no_text_are_a_problem_with_the_byte_and_its_line() {
        assertThat(read("x = 'a'\n# \u00e9".getBytes(StandardCharsets.ISO_8859_1)).problems())
                .extracting(EvaluatedModuleTest::shown)
                .containsExactly("2: byte 0xe9 is not UTF-8, and no encoding is declared");
        assertThat(read("# coding: klingon\nx = 'a'".getBytes(StandardCharsets.UTF_8)).problems())
                .extracting(EvaluatedModuleTest::shown)
                .containsExactly("1: the declared encoding 'klingon' is unknown");
        assertThat(read("\uFEFF# coding: latin1\n".getBytes(StandardCharsets.UTF_8)).problems())
                .extracting(EvaluatedModuleTest::shown)
                .containsExactly(
                        "1: the declared encoding 'latin1' contradicts the UTF-8 byte order mark");
        assertThat(read("x = 'a'\n\0".getBytes(StandardCharsets.UTF_8)).problems())
                .extracting(EvaluatedModuleTest::shown)
                .containsExactly("2: the file contains a null byte");
    }

    @Test
    void a_byte_order_mark_and_foreign_line_ends_are_ignored() {
        EvaluatedModule module = read("\uFEFF'''doc\r\nstring'''\r\rx = 'a'\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(module.problems()).isEmpty();
        assertThat(module.docstring()).isEqualTo("doc\nstring");
        assertThat(shown(binding(module, "x"))).isEqualTo("'a'");
        assertThat(binding(module, "x").line()).isEqualTo(4);
    }

    @Test
    void nesting_without_end_is_refused_and_not_followed() {
        assertThat(read("x = " + "(".repeat(100_000) + ")".repeat(100_000)).problems())
                .singleElement().extracting(SyntaxProblem::error).isEqualTo(new BrokenRule(Rule.BRACKET_DEPTH));
        assertThat(shown(x("x = " + "(".repeat(150) + "'a'" + ")".repeat(150)))).isEqualTo("'a'");
        for (String deep : List.of("- ".repeat(100_000) + "1", "f" + ".a()".repeat(100_000),
                "1" + " + 1".repeat(600_000),
                "lambda: ".repeat(100_000) + "1", "[" + "1, ".repeat(600_000) + "]", "not ".repeat(100_000) + "1")) {
            assertThat(x("x = " + deep)).extracting(Binding::symbol).isInstanceOf(Symbol.Unknown.class);
        }
        assertThat(read("if y: pass\\n" + "elif y: x = 1\\n".repeat(50_000)).problems()).isEmpty();
        assertThat(x("x = " + "'a' if y else ".repeat(100_000) + "'b'")).extracting(Binding::symbol)
                .isInstanceOf(Symbol.Unknown.class);
        assertThat(read("f'{".repeat(100_000)).problems()).hasSize(1);
        StringBuilder stairs = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            stairs.append(" ".repeat(i)).append("if y:\n");
        }
        assertThat(read(stairs.toString()).problems())
                .singleElement().extracting(SyntaxProblem::error).isEqualTo(new BrokenRule(Rule.BLOCK_DEPTH));
    }

    @Test
    void values_that_double_themselves_do_not_fill_the_memory() {
        assertThat(x("x = 'abcdefghij'\n" + "x = x + x\n".repeat(60))).extracting(Binding::symbol)
                .isInstanceOf(Symbol.Unknown.class);
        assertThat(x("x = ['a', 'b']\n" + "x += x\n".repeat(60))).extracting(Binding::symbol)
                .isInstanceOf(Symbol.Unknown.class);
        assertThat(x("x = 'a' + y\n" + "x = x + x\n".repeat(60))).extracting(Binding::symbol)
                .isInstanceOf(Symbol.Unknown.class);
        assertThat(x("x = 'a'\n" + "x = (x, x)\n".repeat(60))).extracting(Binding::symbol)
                .isInstanceOf(Symbol.Unknown.class);
    }

    private static final ImportedNames NONE = (level, dotted) -> new Found.Absent(
            new ImportedFromOutside(".".repeat(level) + dotted));

    private static EvaluatedModule read(String source) {
        return read(source.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static EvaluatedModule read(byte[] bytes) {
        return EvaluatedModule.of("script.py", bytes, NONE, AlembicRuntime.ASSUMPTIONS);
    }

    private static Binding x(String source) {
        return binding(read(source), "x");
    }

    private static Binding binding(EvaluatedModule module, String name) {
        Binding bound = module.value(name);
        assertThat(bound).as("%s of %s", name, module.names()).isNotNull();
        return Objects.requireNonNull(bound);
    }

    private static String shown(Binding bound) {
        return Shown.of(bound.symbol());
    }

    private static String shown(SyntaxProblem problem) {
        return problem.line() + ": " + ReasonText.of(problem.error());
    }
}
