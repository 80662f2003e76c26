package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.postgresql.LiteralSql;
import dev.migrationledger.agent.sql.postgresql.Placeholders;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.OperationReason.ComputedArgument;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import dev.migrationledger.contracts.unread.OperationReason.UnknownSql;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is handed to {@code execute}: SQL as text, or an expression of SQLAlchemy that becomes SQL. */
final class Executed {

    private static final List<String> WRITING = List.of("insert", "update", "delete");

    private final Changes.At at;

    Executed(Changes.At at) {
        this.at = at;
    }

    /** @param placeholders of a plain string; it passes through {@code text()} with {@code op.execute} */
    void run(Symbol statement, Placeholders placeholders) throws UnknownEffect {
        switch (statement) {
            case Symbol.Text(String sql, SourceRange readAt) -> LiteralSql.read(
                    sql, placeholders, readAt == null ? at : at.in(readAt.source().file(), readAt.line()));
            case Made made when made.callee() instanceof Member member && Symbols.dotted(member) == null -> chained(
                    made, member, placeholders);
            case Made made -> construct(made);
            case Symbol.Unknown unknown -> inOutline(unknown, placeholders);
            case Symbol.Reference _,Member _,Symbol.Local _,Symbol.Type _ -> throw new UnknownEffect(
                    new UnknownOperation(Part.STATEMENT_ELSEWHERE));
            case Symbol.None _,Symbol.Truth _,Symbol.Numeral _,Symbol.Items _,Symbol.Dict _,Symbol.ProjectPath _,Symbol.Answered _ ->
                throw new UnknownEffect(
                        new UnknownOperation(Part.NO_STATEMENT));
        }
    }

    private void inOutline(Symbol.Unknown unknown, Placeholders placeholders) throws UnknownEffect {
        UnreadReason reason = new UnknownSql(unknown.reason());
        String outline = unknown.outline();
        if (outline == null) {
            throw new UnknownEffect(reason);
        }
        String named = Symbols.computedSchemas(outline, '"' + ObjectName.COMPUTED_SCHEMA + '"');
        if (named.indexOf(Symbol.Unknown.HOLE) < 0) {
            LiteralSql.read(named, placeholders, at);
        } else {
            LiteralSql.readOutline(named, Symbol.Unknown.HOLE, placeholders, reason, at);
        }
    }

    /** {@code table.update().where(…).values(…)}, {@code text(…).bindparams(…)}. */
    private void chained(Made made, Member member, Placeholders placeholders) throws UnknownEffect {
        if (WRITING.contains(member.name()) && Constructs.isTable(member.of())) {
            at.write(Constructs.table(member.of()));
        } else if (member.name().equals("select") && Constructs.isTable(member.of())) {
            return;
        } else if (member.of() instanceof Made before) {
            run(before, placeholders);
        } else {
            throw new UnknownEffect(new UnknownOperation(Part.STATEMENT_ELSEWHERE));
        }
        for (Symbol argument : made.positional()) {
            nested(argument);
        }
    }

    /** A statement may write rows within another: {@code insert().from_select(…, update().cte())}. */
    private void nested(Symbol argument) throws UnknownEffect {
        if (argument instanceof Made made && made.callee() instanceof Member member && member.name().equals("cte")) {
            run(member.of(), Placeholders.COLON);
        }
    }

    private void construct(Made made) throws UnknownEffect {
        List<Symbol> positional = made.positional();
        Symbol first = positional.isEmpty() ? Symbol.None.NONE : positional.getFirst();
        String last = Symbols.last(made);
        if (!Symbols.ofSqlalchemy(made)) {
            throw new UnknownEffect(new UnknownOperation(Part.STATEMENT_ELSEWHERE));
        }
        switch (last) {
            case "text", "TextClause" -> run(first, Placeholders.COLON);
            case "DDL" -> run(filled(first, new NamedArguments(made, "statement", "context").find("context")),
                    Placeholders.NONE);
            case "insert", "update", "delete" -> at.write(Constructs.table(first));
            case "select", "union", "union_all", "exists", "func" -> {
                // Only reads. A function that writes is hidden in none that was seen.
            }
            case "CreateTable", "CreateIndex", "CreateSequence" -> Constructs.create(
                    first, new NamedArguments(made).isOn("if_not_exists"), at);
            case "DropTable", "DropIndex", "DropSequence" -> Constructs.drop(
                    first, new NamedArguments(made).isOn("if_exists"), at);
            case "AddConstraint" -> Constructs.addConstraint(first, at);
            case "DropConstraint" -> {
                NamedArguments arguments = new NamedArguments(made, "element");
                Constructs.dropConstraint(first, arguments.isOn("if_exists"), arguments.isOn("cascade"), at);
            }
            case "CreateSchema" -> at.only(new NamedArguments(made).isOn("if_not_exists")).create(schema(made));
            case "DropSchema" -> {
                NamedArguments arguments = new NamedArguments(made, "name", "cascade");
                at.only(arguments.isOn("if_exists")).drop(schema(made), arguments.isOn("cascade"));
            }
            default -> throw new UnknownEffect(new UnknownOperation(Part.STATEMENT_KIND));
        }
    }

    /** Without a context a DDL is taken as it is written: its doubled signs are a driver's matter. */
    private static Symbol filled(Symbol statement, @Nullable Symbol context) throws UnknownEffect {
        Symbol filled = statement instanceof Symbol.Text text && context != null ? text.filled(context) : statement;
        if (filled == null) {
            throw new UnknownEffect(new ComputedArgument("context"));
        }
        return filled;
    }

    private static ObjectName schema(Made made) throws UnknownEffect {
        return new ObjectName(ObjectKind.SCHEMA, null, null, new NamedArguments(made, "name").text("name"));
    }
}
