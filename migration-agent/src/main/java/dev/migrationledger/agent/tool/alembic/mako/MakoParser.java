package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Has the Python of a template parsed, and nests its blocks. Like Mako it parses also what is never run. */
final class MakoParser {

    private static final Pattern FILTERS = Pattern.compile("[\\w.]+(?:\\s*,\\s*[\\w.]+)*\\s*,?");

    /** What Mako's own filter is called in the Python that is made of an expression. */
    static final String TRIM = "__trim";

    private final List<MakoNode> nodes;
    private final Map<Source, Origin> origins = new HashMap<>();
    private final List<Statement> module = new ArrayList<>();
    private final List<MakoPart> parts;
    private int next;

    /**
     * Where Python comes from that is parsed by itself.
     *
     * @param line of the template on which it begins, from 1
     * @param expression as it is written, where the parsed text begins with calls of its filters; absent: nothing was added
     * @param added characters of those calls
     */
    private record Origin(int line, @Nullable String expression, int added) {}

    MakoParser(List<MakoNode> nodes) throws MakoProblem {
        this.nodes = nodes;
        this.parts = parts();
        if (next < nodes.size()) {
            throw MakoProblem.uses(nodes.get(next).line(), "% " + ((MakoNode.Control) nodes.get(next)).source());
        }
    }

    /** All {@code <%! … %>} together. */
    List<Statement> module() {
        return module;
    }

    List<MakoPart> rendered() {
        return parts;
    }

    /** The line of the template, from 1. */
    int line(SourceRange place) {
        Origin origin = origins.get(place.source());
        return (origin == null ? 1 : origin.line()) + place.line() - 1;
    }

    /** What stands there in the template, on one line. */
    String excerpt(SourceRange place) {
        Origin origin = origins.get(place.source());
        return origin != null && origin.expression() != null && place.start() < origin.added()
                ? origin.expression().strip().replaceAll("\\s+", " ")
                : place.excerpt();
    }

    private List<MakoPart> parts() throws MakoProblem {
        List<MakoPart> found = new ArrayList<>();
        while (next < nodes.size()) {
            MakoNode node = nodes.get(next);
            switch (node) {
                case MakoNode.Literal literal -> found.add(new MakoPart.Literal(literal.text()));
                case MakoNode.Output output -> found.add(new MakoPart.Output(filtered(output), output.line()));
                case MakoNode.Code code when code.module() -> module.addAll(statements(code.source(), code.line()));
                case MakoNode.Code code -> found.add(new MakoPart.Code(statements(code.source(), code.line())));
                case MakoNode.Control control -> {
                    if (control.end() || control.keyword().equals("elif") || control.keyword().equals("else")) {
                        return found;
                    }
                    found.add(block(control));
                    continue;
                }
            }
            next++;
        }
        return found;
    }

    private MakoPart block(MakoNode.Control begin) throws MakoProblem {
        MakoPart part = switch (begin.keyword()) {
            case "if" -> choice(begin);
            case "for" -> loop(begin);
            default -> throw MakoProblem.uses(begin.line(), "% " + begin.source());
        };
        if (next >= nodes.size() || !(nodes.get(next) instanceof MakoNode.Control end) || !end.end()
                || !end.keyword().equals(begin.keyword())) {
            throw new MakoProblem(begin.line(), "begins '%% %s' and never ends it".formatted(begin.keyword()));
        }
        next++;
        return part;
    }

    private MakoPart choice(MakoNode.Control begin) throws MakoProblem {
        List<MakoPart.Branch> branches = new ArrayList<>();
        MakoNode.Control control = begin;
        while (true) {
            Expression test = switch (control.keyword()) {
                case "if" -> test(control.source(), control.line());
                case "elif" -> test(control.source().substring("el".length()), control.line());
                default -> null;
            };
            next++;
            branches.add(new MakoPart.Branch(test, parts()));
            if (next < nodes.size() && nodes.get(next) instanceof MakoNode.Control after && !after.end()
                    && test != null) {
                control = after;
            } else {
                return new MakoPart.Choice(branches);
            }
        }
    }

    private Expression test(String source, int line) throws MakoProblem {
        if (statements(source + "\n    pass\n", line).getFirst() instanceof Statement.If choice) {
            return choice.test();
        }
        throw MakoProblem.uses(line, "% " + source);
    }

    private MakoPart loop(MakoNode.Control begin) throws MakoProblem {
        Statement statement = statements(begin.source() + "\n    pass\n", begin.line()).getFirst();
        next++;
        List<MakoPart> inside = parts();
        if (statement instanceof Statement.For loop && !loop.async()) {
            return new MakoPart.Loop(loop.target(), loop.values(), inside);
        }
        throw MakoProblem.uses(begin.line(), "% " + begin.source());
    }

    /** As Mako writes it into the program that it makes of a template: {@code filter(str(expression))}. */
    private Expression filtered(MakoNode.Output output) throws MakoProblem {
        if (!output.filters().isEmpty() && !FILTERS.matcher(output.filters()).matches()) {
            throw MakoProblem.uses(output.line(), "${%s | %s}".formatted(output.source().strip(), output.filters()));
        }
        List<String> filters = output.filters().isEmpty() ? List.of() : List.of(output.filters().split("[\\s,]+", 0));
        StringBuilder call = new StringBuilder(filters.contains("n") ? "(" : "str(");
        int opened = 1;
        for (String filter : filters) {
            if (!filter.equals("n")) {
                call.insert(0, filter(filter, output) + "(");
                opened++;
            }
        }
        int added = call.length();
        call.append(output.source()).append("\n").append(")".repeat(opened)).append('\n');
        List<Statement> statements = statements(
                call.toString(), new Origin(output.line(), output.source(), added));
        if (statements.size() == 1 && statements.getFirst() instanceof Statement.Evaluate evaluate) {
            return evaluate.expression();
        }
        throw MakoProblem.uses(output.line(), "${" + output.source() + "}");
    }

    /** Those that Mako knows by another name than Python does. */
    private static String filter(String name, MakoNode.Output output) throws MakoProblem {
        return switch (name) {
            case "unicode", "str" -> "str";
            case "trim" -> TRIM;
            case "x", "h", "u", "entity", "decode" -> throw MakoProblem.uses(
                    output.line(), "${%s | %s}".formatted(output.source().strip(), output.filters()));
            default -> name;
        };
    }

    private List<Statement> statements(String python, int line) throws MakoProblem {
        return statements(python, new Origin(line, null, 0));
    }

    private List<Statement> statements(String python, Origin origin) throws MakoProblem {
        Source source = Source.of("script.py.mako", python.getBytes(StandardCharsets.UTF_8));
        origins.put(source, origin);
        try {
            return source.reading().rest();
        } catch (SyntaxProblem e) {
            throw new MakoProblem(origin.line() + e.line() - 1, "is not valid Python");
        }
    }
}
