package dev.migrationledger.agent.sql.postgresql;

import static java.util.Map.entry;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.effect.Fact;
import dev.migrationledger.agent.sql.effect.Facts;
import dev.migrationledger.agent.sql.text.Scanner;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Effect.Drop;
import dev.migrationledger.contracts.footprint.Effect.Rename;
import dev.migrationledger.contracts.footprint.Effect.Write;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Exception_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_statementsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.If_statementContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Message_statementContext;

/** The exceptions that a block goes on after. */
final class Handlers {

    /** Kinds whose creation fails for hardly another reason than that they are there. */
    private static final Set<ObjectKind> SIMPLE = Set.of(ObjectKind.ENUM, ObjectKind.DOMAIN, ObjectKind.SCHEMA);

    /** {@code SQLSTATE '42710'}. */
    private static final Pattern STATE = Pattern.compile("(?i)\\bsqlstate\\s*'(\\w{5})'");

    /** The names of those that say that an object is there, or missing. */
    private static final Map<String, String> STATES = Map.ofEntries(
            entry("42P07", "duplicate_table"), entry("42701", "duplicate_column"), entry("42710", "duplicate_object"),
            entry("42P06", "duplicate_schema"), entry("42723", "duplicate_function"),
            entry("42P01", "undefined_table"), entry("42703", "undefined_column"), entry("42704", "undefined_object"),
            entry("3F000", "invalid_schema_name"), entry("42883", "undefined_function"));

    /** Exceptions that say nothing of what the schema holds. */
    private static final Set<String> OF_SERVERS = Set.of(
            "insufficient_privilege", "undefined_file", "feature_not_supported", "lock_not_available",
            "query_canceled", "or");

    private static final Pattern NEGATED = Pattern.compile("\\bnot\\b|<>|!=|!~|=\\s*0\\b");

    private final Set<String> exceptions = new HashSet<>();
    private final List<Function_statementsContext> bodies = new ArrayList<>();

    /** @param handlers absent: the block has none */
    Handlers(@Nullable Exception_statementContext handlers) {
        for (int i = 0; handlers != null && i < handlers.vex().size(); i++) {
            Function_statementsContext body = handlers.function_statements(i);
            if (!fails(body)) {
                String condition = ParsedNames.text(handlers.vex(i));
                Scanner.tokens(condition).stream().filter(Token::isName).map(Token::text).forEach(exceptions::add);
                STATE.matcher(condition).results().map(state -> STATES.get(state.group(1).toUpperCase(Locale.ROOT)))
                        .filter(Objects::nonNull).forEach(exceptions::add);
                body.function_statement().forEach(this::narrow);
                bodies.add(body);
            }
        }
    }

    /** {@code IF SQLERRM NOT LIKE '%already exists%' THEN RAISE; END IF}, {@code IF SQLSTATE = '42710' THEN NULL; ELSE RAISE; END IF}. */
    private void narrow(Function_statementContext statement) {
        If_statementContext choice = statement.control_statement() == null
                ? null
                : statement.control_statement().if_statement();
        if (choice == null || choice.vex().size() != 1 || !exceptions.contains("others")) {
            return;
        }
        String condition = ParsedNames.text(choice.vex(0)).toLowerCase(Locale.ROOT);
        boolean fails = fails(choice.function_statements(0));
        boolean otherwiseFails = choice.function_statements().size() == 2 && fails(choice.function_statements(1));
        if (NEGATED.matcher(condition).find() ? !fails : !otherwiseFails) {
            return;
        }
        if (condition.contains("sqlerrm")) {
            STATES.values().stream()
                    .filter(name -> (condition.contains("already exists") && name.startsWith("duplicate"))
                            || (condition.contains("does not exist") && !name.startsWith("duplicate")))
                    .forEach(exceptions::add);
        } else if (condition.contains("sqlstate")) {
            STATES.forEach((state, name) -> {
                if (condition.contains("'" + state.toLowerCase(Locale.ROOT) + "'")) {
                    exceptions.add(name);
                }
            });
        }
    }

    /** Whether there is an exception after which it goes on. */
    boolean swallow() {
        return !bodies.isEmpty();
    }

    List<Function_statementsContext> bodies() {
        return bodies;
    }

    /** Whether a list of statements ends in an exception. */
    static boolean fails(Function_statementsContext statements) {
        return statements.function_statement().stream().map(Function_statementContext::message_statement)
                .anyMatch(message -> message != null && isFailure(message));
    }

    static boolean isFailure(Message_statementContext message) {
        return message.RAISE() != null
                && (message.log_level() == null || message.log_level().EXCEPTION() != null);
    }

    /**
     * What is known of the objects of the statements in the block: where one statement alone can fail, and can fail because its object
     * is there, or is missing, it is as if it had looked for that. Else they depend on what the schema holds, which cannot be read.
     */
    Facts facts(List<String> statements) {
        if (statements.size() != 1) {
            return unread();
        }
        Changes alone = new Changes();
        LiteralSql.read(statements.getFirst(), Placeholders.NONE, alone.at(1, false));
        List<Change> changes = alone.effects().changes();
        ObjectName named = alone.effects().isRead() ? named(changes) : null;
        return named == null
                ? unread()
                : new Facts(List.of(Fact.of(!(changes.getFirst() instanceof Create), named)), false);
    }

    /** What is known where it depends on an exception that is caught. */
    Facts unread() {
        return !exceptions.isEmpty() && OF_SERVERS.containsAll(exceptions) ? Facts.OPEN : Facts.ASKED;
    }

    /** The one object because of which it can fail; absent: there are others, or it can fail because of something else. */
    private @Nullable ObjectName named(List<Change> changes) {
        List<ObjectName> expected = changes.stream().filter(this::isExpected).map(Change::object).distinct().toList();
        ObjectName whole = expected.stream().min(Comparator.comparing(ObjectName::kind)).orElse(null);
        return whole != null && changes.stream().allMatch(change -> belongs(change.object(), whole)) ? whole : null;
    }

    private static boolean belongs(ObjectName part, ObjectName whole) {
        return part.equals(whole) || switch (whole.kind()) {
            case TABLE -> part.kind() == ObjectKind.SEQUENCE || whole.name().equals(part.table());
            // Its sequence and its constraints.
            case COLUMN -> part.kind() != ObjectKind.COLUMN;
            case SCHEMA, EXTENSION, CONSTRAINT, INDEX, SEQUENCE, ENUM, DOMAIN, TYPE, VIEW, MATERIALIZED_VIEW, FUNCTION,
                    TRIGGER, POLICY ->
                false;
        };
    }

    private boolean isExpected(Change change) {
        ObjectKind kind = change.object().kind();
        return switch (change) {
            case Create _ -> exceptions.contains(duplicate(kind))
                    || (kind == ObjectKind.CONSTRAINT && exceptions.contains("duplicate_table"))
                    || (exceptions.contains("others") && SIMPLE.contains(kind));
            case Drop _,Rename _ -> exceptions.contains(undefined(kind));
            case Alter _,Write _ -> false;
        };
    }

    private static String duplicate(ObjectKind kind) {
        return switch (kind) {
            case TABLE, VIEW, MATERIALIZED_VIEW, INDEX, SEQUENCE -> "duplicate_table";
            case COLUMN -> "duplicate_column";
            case SCHEMA -> "duplicate_schema";
            case FUNCTION -> "duplicate_function";
            case EXTENSION, CONSTRAINT, ENUM, DOMAIN, TYPE, TRIGGER, POLICY -> "duplicate_object";
        };
    }

    private static String undefined(ObjectKind kind) {
        return switch (kind) {
            case TABLE, VIEW, MATERIALIZED_VIEW, SEQUENCE -> "undefined_table";
            case COLUMN -> "undefined_column";
            case SCHEMA -> "invalid_schema_name";
            case FUNCTION -> "undefined_function";
            case EXTENSION, CONSTRAINT, INDEX, ENUM, DOMAIN, TYPE, TRIGGER, POLICY -> "undefined_object";
        };
    }
}
