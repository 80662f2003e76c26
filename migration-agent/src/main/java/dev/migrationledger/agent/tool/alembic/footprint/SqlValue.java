package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.contracts.schema.CanonicalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Expressions of SQLAlchemy as the SQL that it makes of them. */
final class SqlValue {

    private SqlValue() {}

    /** A server default; absent where it cannot be known. */
    static @Nullable String ofDefault(Symbol value) {
        return value instanceof Symbol.Text text ? CanonicalText.literal(text.text()) : of(value);
    }

    /** A text that is SQL already, such as a check; absent where it cannot be known. */
    static @Nullable String ofCondition(Symbol value) {
        return value instanceof Symbol.Text text ? text.text() : of(value);
    }

    /** What commas separate, outside of brackets and quotes. */
    static List<String> parts(String sql) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int from = 0;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(sql.substring(from, i).strip());
                from = i + 1;
            }
        }
        parts.add(sql.substring(from).strip());
        return parts;
    }

    private static @Nullable String of(Symbol value) {
        return switch (value) {
            case Symbol.Truth truth -> String.valueOf(truth.truth());
            case Symbol.Numeral numeral -> numeral.source();
            case Symbol.Text text -> CanonicalText.literal(text.text());
            case Symbol.None _ -> "NULL";
            case Made made -> made(made);
            case Symbol.Reference _,Symbol.Member _ -> null;
            case Symbol.Items _,Symbol.Dict _,Symbol.ProjectPath _,Symbol.Answered _,Symbol.Local _,Symbol.Type _,Symbol.Unknown _ ->
                null;
        };
    }

    private static @Nullable String made(Made made) {
        String dotted = Symbols.made(made);
        if (dotted == null || !dotted.startsWith("sqlalchemy.")) {
            return null;
        }
        if (dotted.contains(".func.")) {
            return function(Symbols.last(made), made.positional());
        }
        Symbol first = made.positional().isEmpty() ? null : made.positional().getFirst();
        return switch (Symbols.last(made)) {
            case "text", "literal_column", "TextClause", "DefaultClause" ->
                first == null ? null : first instanceof Symbol.Text text ? text.text() : of(first);
            case "literal" -> first == null ? null : of(first);
            case "true", "false", "null" -> Symbols.last(made);
            case "current_timestamp", "now" -> function(Symbols.last(made), List.of());
            default -> null;
        };
    }

    /** SQLAlchemy writes these few without brackets. */
    private static @Nullable String function(String name, List<Symbol> arguments) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (arguments.isEmpty() && List.of(
                "current_timestamp", "current_date", "current_time", "localtime", "localtimestamp", "current_user",
                "session_user").contains(lower)) {
            return name.toUpperCase(Locale.ROOT);
        }
        List<String> values = new ArrayList<>();
        for (Symbol argument : arguments) {
            String value = of(argument);
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return name + "(" + String.join(", ", values) + ")";
    }
}
