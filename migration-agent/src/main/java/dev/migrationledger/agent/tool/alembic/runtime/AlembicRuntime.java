package dev.migrationledger.agent.tool.alembic.runtime;

import dev.migrationledger.agent.python.symbolic.Answer;
import dev.migrationledger.agent.python.symbolic.Arguments;
import dev.migrationledger.agent.python.symbolic.Guard;
import dev.migrationledger.agent.python.symbolic.ImportedNames;
import dev.migrationledger.agent.python.symbolic.RuntimeAssumptions;
import dev.migrationledger.agent.python.symbolic.Sought;
import dev.migrationledger.agent.python.symbolic.Symbol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of every run of a script by Alembic: what Alembic and SQLAlchemy do when they are called, and that the run is one of
 * PostgreSQL and sends its statements, because an agent watches it live.
 */
public enum AlembicRuntime implements RuntimeAssumptions {
    /** There is only one. */
    ASSUMPTIONS;

    private static final List<String> LIBRARIES = List.of("alembic.", "sqlalchemy.");

    private static final Symbol DIALECT = new Symbol.Text("postgresql");

    private static final Symbol OPERATIONS = new Symbol.Reference("alembic.op");

    @Override
    public boolean isLibrary(String dotted) {
        return LIBRARIES.stream().anyMatch((dotted + ".")::startsWith);
    }

    /** {@code bind.dialect.name}, {@code bind.engine.name}, {@code op.get_context().as_sql}, {@code result.rowcount}. */
    @Override
    public @Nullable Symbol attribute(Symbol of, String name) {
        return switch (name) {
            case "name" -> isNamed(of, "dialect") || isNamed(of, "engine") ? DIALECT : ownName(of);
            case "as_sql" -> new Symbol.Truth(false);
            case "rowcount", "_mapping", "t" -> of instanceof Symbol.Answered(Answer answer)
                    ? QueryResults.attribute(answer, name)
                    : null;
            default -> null;
        };
    }

    /** {@code sa.Column("c", …).name}. */
    private static @Nullable Symbol ownName(Symbol of) {
        if (!(of instanceof Symbol.Made made)) {
            return null;
        }
        if (!isNamed(made.callee(), "Column") && !isNamed(made.callee(), "Table")) {
            return null;
        }
        Symbol name = made.positional().isEmpty() ? made.named().get("name") : made.positional().getFirst();
        return name instanceof Symbol.Text ? name : null;
    }

    /** {@code context.is_offline_mode()}, and options of the configuration. */
    @Override
    public @Nullable Symbol returned(Symbol callee, Arguments arguments, ImportedNames imports) {
        return isNamed(callee, "is_offline_mode")
                ? new Symbol.Truth(false)
                : ConfiguredOptions.call(callee, arguments, imports);
    }

    private static boolean isNamed(Symbol symbol, String name) {
        return (symbol instanceof Symbol.Member member && member.name().equals(name))
                || (symbol instanceof Symbol.Reference reference && reference.dotted().endsWith("." + name));
    }

    /** Templates and plug-ins have functions that take the operations. */
    @Override
    public @Nullable Symbol passed(String parameter) {
        return parameter.equals("op") ? OPERATIONS : null;
    }

    /** {@code op.f("name")}. */
    @Override
    public @Nullable Symbol marked(Symbol.Made call) {
        return call.callee() instanceof Symbol.Reference(String dotted, _)
                && List.of("alembic.op.f", "sqlalchemy.quoted_name").contains(dotted)
                && !call.positional().isEmpty() ? call.positional().getFirst() : null;
    }

    @Override
    public @Nullable Symbol answer(Symbol.Made call, int asked) {
        return SchemaLookups.answer(call, asked);
    }

    @Override
    public @Nullable Symbol result(Answer answer, String method) {
        return QueryResults.method(answer, method);
    }

    @Override
    public boolean asksSchema(Symbol.Made call) {
        return SchemaLookups.asksSchema(call);
    }

    @Override
    public boolean isNameColumn(Sought.Kind kind, String column) {
        return SystemCatalog.names(kind, column);
    }

    @Override
    public @Nullable Guard found(Symbol.Made call, int asked) {
        return SchemaLookups.found(call, asked);
    }

    @Override
    public boolean usesDatabase(Symbol symbol) {
        return DatabaseCalls.isOf(symbol, LIBRARIES);
    }

    @Override
    public boolean keepsTransaction(Symbol.Made call) {
        return DatabaseCalls.keepTransaction(call);
    }

    @Override
    public boolean keepsTransaction(String handler) {
        return DatabaseCalls.keepTransaction(handler);
    }

    @Override
    public boolean canBeRefused(Symbol.Made call) {
        return DatabaseCalls.canBeRefused(call);
    }

    @Override
    public Guard succeeds(Symbol.Made call, int asked) {
        return DatabaseCalls.succeeds(call, asked);
    }
}
