package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.sql.effect.GeneratedNames;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.unread.OperationReason.ComputedArgument;
import dev.migrationledger.contracts.unread.OperationReason.MissingArgument;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call is told, by the names that its parameters have. */
final class NamedArguments {

    /** Of a class that is not called, or where nothing is said. */
    static final NamedArguments NONE = new NamedArguments();

    private final Map<String, Symbol> given = new HashMap<>();
    private final List<Symbol> rest = new ArrayList<>();
    private final boolean complete;

    private NamedArguments() {
        this.complete = true;
    }

    /** @param parameters those that can be given by position, in order; what comes after them is {@link #rest} */
    NamedArguments(Made call, String... parameters) {
        for (int i = 0; i < call.positional().size(); i++) {
            if (i < parameters.length) {
                given.put(parameters[i], call.positional().get(i));
            } else {
                rest.add(call.positional().get(i));
            }
        }
        given.putAll(call.named());
        this.complete = call.complete();
    }

    /** Positional ones beyond those that have a name. */
    List<Symbol> rest() {
        return rest;
    }

    /** Absent: not given, or {@code None}. */
    @Nullable
    Symbol find(String name) {
        Symbol symbol = given.get(name);
        return symbol == Symbol.None.NONE ? null : symbol;
    }

    /** Whether none of them is unpacked from something. */
    boolean complete() {
        return complete;
    }

    boolean has(String name) {
        return given.containsKey(name);
    }

    Symbol need(String name) throws UnknownEffect {
        Symbol symbol = find(name);
        if (symbol == null) {
            throw new UnknownEffect(
                    complete ? new MissingArgument(name) : new UnknownOperation(Part.UNPACKED_ARGUMENTS));
        }
        return symbol;
    }

    /** A text that has to be there. */
    String text(String name) throws UnknownEffect {
        return known(need(name), name);
    }

    /** A text that may be left out. */
    @Nullable
    String textOrNone(String name) throws UnknownEffect {
        Symbol symbol = find(name);
        return symbol == null ? null : known(symbol, name);
    }

    /** A schema that may be left out. */
    @Nullable
    String schema(String name) {
        Symbol symbol = find(name);
        String text = Symbols.text(symbol);
        return symbol != null && text == null ? ObjectName.COMPUTED_SCHEMA : text;
    }

    /** A constraint's or index's name that may be left out. */
    NamingConvention.@Nullable Given given(String name) throws UnknownEffect {
        Symbol symbol = find(name);
        NamingConvention.Given given = Symbols.given(symbol);
        if (symbol != null && given == null) {
            throw new UnknownEffect(new ComputedArgument(name));
        }
        return given;
    }

    private static String known(Symbol symbol, String name) throws UnknownEffect {
        String text = Symbols.text(symbol);
        if (text == null) {
            throw new UnknownEffect(new ComputedArgument(name));
        }
        return text;
    }

    /** The name of a table or column, which PostgreSQL cuts where it is too long. */
    String name(String parameter) throws UnknownEffect {
        return GeneratedNames.truncated(text(parameter));
    }

    /** Several such names, given as one list or tuple. */
    List<String> names(String parameter) throws UnknownEffect {
        return texts(parameter).stream().map(GeneratedNames::truncated).toList();
    }

    /** Several texts, given as one list or tuple. */
    List<String> texts(String name) throws UnknownEffect {
        if (!(need(name) instanceof Symbol.Items items)) {
            throw new UnknownEffect(new ComputedArgument(name));
        }
        List<String> texts = new ArrayList<>();
        for (Symbol value : items.values()) {
            texts.add(known(value, name));
        }
        return texts;
    }

    /** Whether it is given as {@code True}. */
    boolean isTrue(String name) {
        return find(name) instanceof Symbol.Truth truth && truth.truth();
    }

    boolean isFalse(String name) {
        return find(name) instanceof Symbol.Truth truth && !truth.truth();
    }

    /** Whether it is given, and neither {@code None} nor {@code False}. */
    boolean isOn(String name) {
        return find(name) != null && !isFalse(name);
    }

    @Nullable
    Long number(String name) {
        return find(name) instanceof Symbol.Numeral numeral ? numeral.whole() : null;
    }
}
