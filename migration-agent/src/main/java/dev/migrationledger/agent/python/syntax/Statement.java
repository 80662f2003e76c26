package dev.migrationledger.agent.python.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of Python, as the grammar has it. */
public sealed interface Statement {

    SourceRange place();

    /** An expression on a line of its own; {@code await} and {@code yield} included. */
    record Evaluate(Expression expression, SourceRange place) implements Statement {}

    /**
     * One or more names bound to one value.
     *
     * @param targets of {@code a = b = value}, from left to right
     */
    record Assign(List<Expression> targets, Expression value, SourceRange place) implements Statement {}

    /**
     * A value changed in place, as in {@code a += b}.
     *
     * @param operator without the equals sign
     */
    record Augment(Expression target, String operator, Expression value, SourceRange place) implements Statement {}

    /** {@code name: annotation = value}. */
    record Annotate(
            Expression target,
            Expression annotation,
            @Nullable Expression value,
            SourceRange place)
            implements
                Statement {}

    record Return(
            @Nullable Expression value, SourceRange place) implements Statement {}

    record Delete(List<Expression> targets, SourceRange place) implements Statement {}

    record Raise(
            @Nullable Expression exception, @Nullable Expression cause, SourceRange place) implements Statement {}

    record Assert(
            Expression test, @Nullable Expression message, SourceRange place) implements Statement {}

    /** {@code pass}, {@code break}, {@code continue}, {@code global …}, {@code nonlocal …}, {@code type …}. */
    record Plain(String word, List<String> names, SourceRange place) implements Statement {}

    /**
     * An import of modules.
     *
     * @param names dotted, with what each is called here
     */
    record Import(List<Alias> names, SourceRange place) implements Statement {}

    /**
     * {@code from module import names}.
     *
     * @param level leading dots
     * @param module dotted; empty for {@code from . import …}
     * @param names one named {@code *} for everything
     */
    record ImportFrom(int level, String module, List<Alias> names, SourceRange place) implements Statement {}

    /**
     * An imported name.
     *
     * @param as absent: its own name
     */
    record Alias(
            String name, @Nullable String as) {}

    /**
     * A choice.
     *
     * @param orElse {@code else}, or an {@code elif} as a single {@code If}; empty: none
     */
    record If(Expression test, List<Statement> body, List<Statement> orElse, SourceRange place) implements Statement {}

    record For(
            Expression target,
            Expression values,
            List<Statement> body,
            List<Statement> orElse,
            boolean async,
            SourceRange place)
            implements
                Statement {}

    record While(Expression test, List<Statement> body, List<Statement> orElse,
            SourceRange place) implements Statement {}

    record With(List<Item> items, List<Statement> body, boolean async, SourceRange place) implements Statement {}

    /** {@code context as target}. */
    record Item(
            Expression context, @Nullable Expression target) {}

    record Try(
            List<Statement> body,
            List<Handler> handlers,
            List<Statement> orElse,
            List<Statement> atLast,
            SourceRange place)
            implements
                Statement {}

    /**
     * {@code except type as name}.
     *
     * @param ofGroup whether it is {@code except*}
     */
    record Handler(
            @Nullable Expression type,
            @Nullable String name,
            boolean ofGroup,
            List<Statement> body,
            SourceRange place) {}

    /**
     * A function.
     *
     * @param typeParameters where its {@code [T]} stands; absent: none
     * @param returns the annotation after {@code ->}; absent: none
     */
    record Function(
            String name,
            @Nullable SourceRange typeParameters,
            Parameters parameters,
            @Nullable Expression returns,
            List<Expression> decorators,
            Body body,
            boolean async,
            SourceRange place)
            implements
                Statement {}

    /**
     * A class.
     *
     * @param typeParameters where its {@code [T]} stands; absent: none
     */
    record ClassDefinition(
            String name,
            @Nullable SourceRange typeParameters,
            List<Expression.Argument> bases,
            List<Expression> decorators,
            Body body,
            SourceRange place)
            implements
                Statement {}

    /** A choice by patterns. */
    record Match(Expression subject, List<Case> cases, SourceRange place) implements Statement {}

    /**
     * A case. Patterns are kept as source: no migration was seen to depend on one.
     *
     * @param guard absent: none
     */
    record Case(
            String pattern, @Nullable Expression guard, List<Statement> body) {}
}
