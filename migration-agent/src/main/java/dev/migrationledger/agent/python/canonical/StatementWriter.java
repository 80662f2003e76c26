package dev.migrationledger.agent.python.canonical;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes statements, without those that do nothing. */
final class StatementWriter {

    private final CodeWriter writer;
    private final ExpressionWriter expressions;
    private final boolean inFull;

    /** What a statement stands in: Python evaluates annotations of variables everywhere but in functions, and classes keep them. */
    private enum Scope {
        MODULE,
        FUNCTION,
        CLASS
    }

    /** @param inFull with docstrings and annotations that do nothing */
    StatementWriter(CodeWriter writer, boolean inFull) {
        this.writer = writer;
        this.expressions = new ExpressionWriter(writer);
        this.inFull = inFull;
    }

    void module(List<Statement> statements) throws SyntaxProblem {
        all(statements, Scope.MODULE);
    }

    private void all(List<Statement> statements, Scope scope) throws SyntaxProblem {
        writer.openList();
        for (Statement statement : statements) {
            one(statement, scope);
        }
        writer.closeList();
    }

    private void one(Statement statement, Scope scope) throws SyntaxProblem {
        switch (statement) {
            case Statement.Evaluate it -> {
                if (inFull || !ExpressionWriter.isConstant(it.expression())) {
                    node("evaluate", it.expression());
                }
            }
            case Statement.Assign it -> assign(it.targets(), it.value());
            case Statement.Augment it -> {
                writer.open("augment").word(it.operator());
                expressions.one(it.target());
                expressions.one(it.value());
                writer.close();
            }
            case Statement.Annotate it -> annotate(it, scope);
            case Statement.Return it -> node("return", it.value());
            case Statement.Delete it -> {
                writer.open("delete");
                expressions.all(it.targets());
                writer.close();
            }
            case Statement.Raise it -> node("raise", it.exception(), it.cause());
            case Statement.Assert it -> node("assert", it.test(), it.message());
            case Statement.Plain it -> plain(it);
            case Statement.Import it -> {
                writer.open("import");
                it.names().forEach(this::imported);
                writer.close();
            }
            case Statement.ImportFrom it -> {
                writer.open("import-from").module(".".repeat(it.level()) + it.module());
                it.names().forEach(this::taken);
                writer.close();
            }
            case Statement.If it -> choice(it, scope);
            case Statement.For it -> {
                writer.open(it.async() ? "async-for" : "for");
                expressions.one(it.target());
                expressions.one(it.values());
                all(it.body(), scope);
                all(it.orElse(), scope);
                writer.close();
            }
            case Statement.While it -> {
                writer.open("while");
                expressions.one(it.test());
                all(it.body(), scope);
                all(it.orElse(), scope);
                writer.close();
            }
            case Statement.With it -> {
                writer.open(it.async() ? "async-with" : "with").openList();
                it.items().forEach(item -> node("item", item.context(), item.target()));
                writer.closeList();
                all(it.body(), scope);
                writer.close();
            }
            case Statement.Try it -> attempt(it, scope);
            case Statement.Function it -> function(it);
            case Statement.ClassDefinition it -> {
                writer.open("class").name(it.name());
                typeParameters(it.typeParameters());
                expressions.all(it.decorators());
                expressions.arguments(it.bases());
                all(it.body().statements(), Scope.CLASS);
                writer.close();
            }
            case Statement.Match it -> match(it, scope);
        }
    }

    private void node(String kind, @Nullable Expression... children) {
        writer.open(kind);
        for (Expression child : children) {
            expressions.one(child);
        }
        writer.close();
    }

    private void assign(List<Expression> targets, Expression value) {
        writer.open("assign");
        expressions.all(targets);
        expressions.one(value);
        writer.close();
    }

    private void annotate(Statement.Annotate it, Scope scope) {
        boolean evaluated = switch (scope) {
            case MODULE -> ExpressionWriter.mayDoSomething(it.annotation());
            case FUNCTION -> false;
            case CLASS -> true;
        };
        Expression value = it.value();
        if (inFull || evaluated) {
            node("annotate", it.target(), it.annotation(), value);
        } else if (value != null) {
            assign(List.of(it.target()), value);
        } else if (scope == Scope.FUNCTION || !(it.target() instanceof Expression.Name)) {
            // It makes a name local, or evaluates what the target stands on.
            node("declare", it.target());
        }
    }

    private void plain(Statement.Plain it) {
        switch (it.word()) {
            case "pass" -> {
                // Does nothing.
            }
            case "type" -> writer.source(it.place());
            default -> {
                writer.open(it.word());
                it.names().forEach(writer::name);
                writer.close();
            }
        }
    }

    private void imported(Statement.Alias it) {
        writer.open("module").module(it.name());
        as(it);
    }

    private void taken(Statement.Alias it) {
        writer.open("member").name(it.name());
        as(it);
    }

    private void as(Statement.Alias it) {
        if (it.as() == null) {
            writer.absent();
        } else {
            writer.name(it.as());
        }
        writer.close();
    }

    private void choice(Statement.If it, Scope scope) throws SyntaxProblem {
        writer.open("if");
        expressions.one(it.test());
        all(it.body(), scope);
        all(it.orElse(), scope);
        writer.close();
    }

    private void attempt(Statement.Try it, Scope scope) throws SyntaxProblem {
        writer.open("try");
        all(it.body(), scope);
        for (Statement.Handler handler : it.handlers()) {
            writer.open(handler.ofGroup() ? "except-group" : "except");
            expressions.one(handler.type());
            if (handler.name() == null) {
                writer.absent();
            } else {
                writer.name(handler.name());
            }
            all(handler.body(), scope);
            writer.close();
        }
        all(it.orElse(), scope);
        all(it.atLast(), scope);
        writer.close();
    }

    private void function(Statement.Function it) throws SyntaxProblem {
        boolean annotated = inFull || !it.decorators().isEmpty();
        writer.open(it.async() ? "async-function" : "function").name(it.name());
        typeParameters(it.typeParameters());
        expressions.all(it.decorators());
        expressions.parameters(it.parameters(), annotated);
        expressions.annotation(it.returns(), annotated);
        all(it.body().statements(), Scope.FUNCTION);
        writer.close();
    }

    private void typeParameters(@Nullable SourceRange place) {
        if (place != null) {
            writer.source(place);
        }
    }

    private void match(Statement.Match it, Scope scope) throws SyntaxProblem {
        writer.open("match");
        expressions.one(it.subject());
        for (Statement.Case one : it.cases()) {
            writer.open("case").source(one.pattern());
            expressions.one(one.guard());
            all(one.body(), scope);
            writer.close();
        }
        writer.close();
    }
}
