package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template whose Python is parsed. */
sealed interface MakoPart {

    record Literal(String text) implements MakoPart {}

    /**
     * What an expression and its filters make.
     *
     * @param line of the template
     */
    record Output(Expression expression, int line) implements MakoPart {}

    /** {@code <% … %>}. */
    record Code(List<Statement> statements) implements MakoPart {}

    /** {@code % if}, {@code % elif} and {@code % else}. */
    record Choice(List<Branch> branches) implements MakoPart {}

    /**
     * What is rendered on a condition.
     *
     * @param test absent: {@code % else}
     */
    record Branch(
            @Nullable Expression test, List<MakoPart> parts) {}

    /** {@code % for}. */
    record Loop(Expression target, Expression values, List<MakoPart> parts) implements MakoPart {}
}
