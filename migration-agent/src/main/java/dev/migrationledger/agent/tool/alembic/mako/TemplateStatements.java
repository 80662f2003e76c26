package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.python.symbolic.ImportedNames.Option;
import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Parameters;
import dev.migrationledger.agent.python.syntax.Parameters.Parameter;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Defined;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Foreign;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Named;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Nothing;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Sequence;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the blocks of Python in a template, and functions that they define. */
final class TemplateStatements {

    private static final int MOST_STEPS = 100_000;
    private static final int DEEPEST = 50;

    private final MakoParser parser;

    /** What the template is rendered with. */
    private final TemplateNames given = new TemplateNames(null);

    /** What its {@code <%! %>} bind, which do not see the former. */
    private final TemplateNames module = new TemplateNames(null);

    private final TemplateNames body = new TemplateNames(module);
    private final TemplateExpressions expressions;
    private int steps;
    private int depth;

    TemplateStatements(MakoParser parser, Map<String, TemplateValue> variables, Function<String, Option> options) {
        this.parser = parser;
        variables.forEach(given::bind);
        this.expressions = new TemplateExpressions(this, new TemplateCalls(this, given, options));
    }

    TemplateNames module() {
        return module;
    }

    TemplateNames body() {
        return body;
    }

    TemplateExpressions expressions() {
        return expressions;
    }

    void step(SourceRange place) throws MakoProblem {
        steps++;
        if (steps > MOST_STEPS) {
            throw new MakoProblem(parser.line(place), "computes too much");
        }
    }

    MakoProblem uses(SourceRange place) {
        return MakoProblem.uses(parser.line(place), parser.excerpt(place));
    }

    /** A name that the template itself does not bind. Functions of the module see nothing of what it is rendered with. */
    TemplateValue unbound(Expression.Name name, TemplateNames names) throws MakoProblem {
        boolean inBody = names.isWithin(body);
        TemplateValue variable = inBody ? given.find(name.name()) : null;
        if (variable != null) {
            return variable;
        }
        if (inBody && name.name().equals("context")) {
            return new Named("context");
        }
        if (name.name().equals(MakoParser.TRIM)) {
            return new Named("trim");
        }
        if (PythonFunctions.NAMES.contains(name.name())) {
            return new Named(name.name());
        }
        if (!inBody || PythonFunctions.isOther(name.name())) {
            throw uses(name.place());
        }
        return Nothing.UNDEFINED;
    }

    /** What a function returns; absent: it went on to its end. */
    @Nullable
    TemplateValue run(List<Statement> statements, TemplateNames names) throws MakoProblem {
        for (Statement statement : statements) {
            step(statement.place());
            TemplateValue returned = run(statement, names);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    private @Nullable TemplateValue run(Statement statement, TemplateNames names) throws MakoProblem {
        switch (statement) {
            case Statement.Evaluate evaluate -> expressions.value(evaluate.expression(), names);
            case Statement.Assign assign -> {
                TemplateValue value = expressions.value(assign.value(), names);
                for (Expression target : assign.targets()) {
                    assign(target, value, names);
                }
            }
            case Statement.Annotate annotate when annotate.value() != null -> assign(
                    annotate.target(), expressions.value(annotate.value(), names), names);
            case Statement.Augment augment when augment.target() instanceof Expression.Name name -> {
                TemplateValue sum = TemplateExpressions.binary(augment.operator(), expressions.value(name, names),
                        expressions.value(augment.value(), names));
                if (sum == null) {
                    throw uses(statement.place());
                }
                names.bind(name.name(), sum);
            }
            case Statement.Plain plain when plain.word().equals("pass") -> {
            }
            case Statement.Import imported -> imported.names().forEach(alias -> {
                String name = alias.as() == null ? alias.name().replaceFirst("\\..*", "") : alias.as();
                names.bind(name, alias.name().equals("re") ? new Named("re") : new Foreign(alias.name()));
            });
            case Statement.ImportFrom imported when imported.names().stream().noneMatch(
                    alias -> alias.name().equals("*")) ->
                imported.names().forEach(alias -> names.bind(
                        alias.as() == null ? alias.name() : alias.as(), new Foreign(alias.name())));
            case Statement.Function function when function.decorators().isEmpty() && !function.async() -> names.bind(
                    function.name(), new Defined(function, names));
            case Statement.If choice -> {
                return run(expressions.truth(choice.test(), names) ? choice.body() : choice.orElse(), names);
            }
            case Statement.For loop when loop.orElse().isEmpty() && !loop.async() -> {
                return run(loop, names);
            }
            case Statement.Return returned when depth > 0 -> {
                return returned.value() == null ? Nothing.NONE : expressions.value(returned.value(), names);
            }
            case Statement other -> throw uses(other.place());
        }
        return null;
    }

    private @Nullable TemplateValue run(Statement.For loop, TemplateNames names) throws MakoProblem {
        for (TemplateValue element : elements(loop.values(), names)) {
            assign(loop.target(), element, names);
            TemplateValue returned = run(loop.body(), names);
            if (returned != null) {
                return returned;
            }
        }
        return null;
    }

    List<TemplateValue> elements(Expression values, TemplateNames names) throws MakoProblem {
        List<TemplateValue> elements = PythonFunctions.elements(expressions.value(values, names));
        if (elements == null) {
            throw uses(values.place());
        }
        return elements;
    }

    void assign(Expression target, TemplateValue value, TemplateNames names) throws MakoProblem {
        if (target instanceof Expression.Name name) {
            names.bind(name.name(), value);
        } else if (target instanceof Expression.Sequence targets && value instanceof Sequence values
                && targets.elements().size() == values.values().size()) {
            for (int i = 0; i < targets.elements().size(); i++) {
                assign(targets.elements().get(i), values.values().get(i), names);
            }
        } else {
            throw uses(target.place());
        }
    }

    TemplateValue call(Defined defined, CallArguments arguments, SourceRange place) throws MakoProblem {
        if (depth >= DEEPEST) {
            throw new MakoProblem(parser.line(place), "computes too much");
        }
        TemplateNames names = new TemplateNames(defined.names());
        Map<String, TemplateValue> named = new HashMap<>(arguments.named());
        Set<String> unused = new HashSet<>(named.keySet());
        int next = 0;
        for (Parameter parameter : defined.function().parameters().all()) {
            boolean positional = parameter.kind() == Parameters.Kind.POSITIONAL_OR_NAMED;
            TemplateValue value = positional && next < arguments.positional().size()
                    ? arguments.positional().get(next++)
                    : named.get(parameter.name());
            unused.remove(parameter.name());
            if (value == null && parameter.defaultValue() != null) {
                value = expressions.value(parameter.defaultValue(), defined.names());
            }
            if (value == null) {
                throw uses(place);
            }
            names.bind(parameter.name(), value);
        }
        if (next < arguments.positional().size() || !unused.isEmpty()) {
            throw uses(place);
        }
        depth++;
        try {
            TemplateValue returned = run(defined.function().body().statements(), names);
            return returned == null ? Nothing.NONE : returned;
        } catch (SyntaxProblem e) {
            throw new MakoProblem(parser.line(defined.function().place()), "is not valid Python");
        } finally {
            depth--;
        }
    }
}
