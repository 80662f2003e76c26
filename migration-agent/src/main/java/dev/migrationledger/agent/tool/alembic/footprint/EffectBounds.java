package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.text.Redaction;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a call can have changed of which not everything is known: its name and its literal arguments say that much. */
final class EffectBounds {

    /** What belongs to a column, and comes and goes with it. */
    private static final Set<ObjectKind> COLUMN = EnumSet.of(
            ObjectKind.COLUMN, ObjectKind.CONSTRAINT, ObjectKind.INDEX, ObjectKind.SEQUENCE);

    private static final Set<ObjectKind> CONSTRAINT = EnumSet.of(ObjectKind.CONSTRAINT, ObjectKind.INDEX);

    private static final Pattern WORD = Pattern.compile("\\w+");

    /** Arguments of a column that bring no other object along. */
    private static final Set<String> PLAIN = Set.of("name", "nullable", "server_default", "default", "onupdate",
            "comment", "key", "info", "doc");

    /** Types that bring no check or enum along. */
    private static final Set<String> PLAIN_TYPES = Set.of("Integer", "BigInteger", "SmallInteger", "String", "Text",
            "Unicode", "UnicodeText", "Date", "DateTime", "Time", "Float", "Numeric", "LargeBinary", "JSON", "Interval",
            "INTEGER", "BIGINT", "SMALLINT", "VARCHAR", "TEXT", "DATE", "TIMESTAMP", "NUMERIC", "JSONB", "UUID",
            "Uuid");

    private EffectBounds() {}

    /**
     * Of one of Alembic's operations.
     *
     * @param batch the call that began a batch; absent: it is an operation by itself
     */
    static Reach ofOperation(String operation, Made call, @Nullable Made batch) {
        return switch (operation) {
            case "create_table" -> reach(EnumSet.of(Action.CREATE), null, null);
            case "drop_table" -> reach(EnumSet.of(Action.DROP), null, named(call, 0, "table_name"));
            case "rename_table" -> reach(EnumSet.of(Action.RENAME), null, named(call, 0, "old_table_name"));
            case "add_column" -> reach(EnumSet.of(Action.CREATE), added(call, batch == null ? 1 : 0),
                    table(call, 0, batch));
            case "drop_column" -> reach(EnumSet.of(Action.DROP), COLUMN, table(call, 0, batch));
            case "alter_column" -> reach(
                    EnumSet.of(Action.ALTER, Action.RENAME, Action.CREATE, Action.DROP), COLUMN, table(call, 0, batch));
            case "create_index" -> reach(
                    EnumSet.of(Action.CREATE), EnumSet.of(ObjectKind.INDEX),
                    either(named(call, 0, "index_name"), table(call, 1, batch)));
            case "drop_index" -> reach(
                    EnumSet.of(Action.DROP), EnumSet.of(ObjectKind.INDEX),
                    either(named(call, 0, "index_name"), table(call, 1, batch)));
            case "create_unique_constraint", "create_check_constraint", "create_exclude_constraint" -> reach(
                    EnumSet.of(Action.CREATE), CONSTRAINT, table(call, 1, batch));
            case "create_primary_key" -> reach(
                    EnumSet.of(Action.CREATE, Action.ALTER), COLUMN, table(call, 1, batch));
            case "create_foreign_key" -> reach(
                    EnumSet.of(Action.CREATE), CONSTRAINT,
                    batch == null ? named(call, 1, "source_table") : table(call, 1, batch));
            case "drop_constraint" -> reach(
                    EnumSet.of(Action.DROP), CONSTRAINT,
                    either(table(call, 1, batch), named(call, 0, "constraint_name")));
            case "bulk_insert" -> Reach.ROWS;
            case "run_async", "execute" -> Reach.ANYTHING;
            default -> {
                // Of another package: what its arguments name, if all of them are literal.
                Set<String> words = new TreeSet<>();
                yield addWords(call, words) && !words.isEmpty() ? Reach.of(words) : Reach.ANYTHING;
            }
        };
    }

    /** A column that stands there with a plain type and no constraint, index or sequence comes alone, whatever its name is. */
    private static Set<ObjectKind> added(Made call, int position) {
        Symbol column = position < call.positional().size()
                ? call.positional().get(position)
                : call.named().get("column");
        return column instanceof Made made && made.complete() && "Column".equals(Symbols.last(made))
                && PLAIN.containsAll(made.named().keySet())
                && made.positional().stream().skip(1).allMatch(EffectBounds::isPlainType)
                        ? EnumSet.of(ObjectKind.COLUMN)
                        : COLUMN;
    }

    private static boolean isPlainType(Symbol type) {
        Symbol called = type instanceof Made made ? made.callee() : type;
        return called instanceof Symbol.Reference reference && Symbols.ofSqlalchemy(reference)
                && PLAIN_TYPES.contains(Symbols.last(called));
    }

    private static boolean addWords(Symbol symbol, Set<String> words) {
        return switch (symbol) {
            case Symbol.Text text -> {
                WORD.matcher(Redaction.of(text.text())).results().forEach(word -> words.add(word.group()));
                yield true;
            }
            case Made made -> made.complete() && made.positional().stream().allMatch(one -> addWords(one, words))
                    && made.named().entrySet().stream()
                            .allMatch(one -> Redaction.isSecret(one.getKey()) || addWords(one.getValue(), words));
            case Symbol.Items items -> items.values().stream().allMatch(one -> addWords(one, words));
            case Symbol.Dict dict -> dict.entries().stream()
                    .allMatch(one -> addWords(one.key(), words)
                            && (isSecret(one.key()) || addWords(one.value(), words)));
            case Symbol.Truth _,Symbol.Numeral _,Symbol.None _ -> true;
            case Symbol.Reference reference -> Symbols.ofSqlalchemy(reference);
            default -> false;
        };
    }

    private static boolean isSecret(Symbol key) {
        return key instanceof Symbol.Text text && Redaction.isSecret(text.text());
    }

    /** Of one table, or of something that is reached through it. */
    static Reach ofTable(Symbol owner) {
        return switch (owner) {
            case Made made when Constructs.isTable(made) -> {
                String name = named(made, 0, "name");
                yield name == null ? Reach.ANYTHING : Reach.of(Set.of(name));
            }
            case Made made when made.callee() instanceof Member(Member(_, String tables), String method)
                    && tables.equals("tables") && (method.equals("__getitem__") || method.equals("get")) -> {
                String name = named(made, 0, "key");
                yield name == null ? Reach.ANYTHING : Reach.of(Set.of(name.substring(name.lastIndexOf('.') + 1)));
            }
            case Made made -> ofTable(made.callee());
            case Member member -> ofTable(member.of());
            case Symbol.Type type -> {
                String name = Symbols.text(type.members().all().get("__tablename__"));
                yield name == null ? Reach.ANYTHING : Reach.of(Set.of(name));
            }
            default -> Reach.ANYTHING;
        };
    }

    private static Reach reach(Set<Action> actions, @Nullable Set<ObjectKind> kinds, @Nullable String name) {
        return new Reach(actions, kinds, name == null ? null : Set.of(name));
    }

    private static @Nullable String either(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }

    /** @param position of the table's name, which a batch leaves out */
    private static @Nullable String table(Made call, int position, @Nullable Made batch) {
        return batch == null ? named(call, position, "table_name") : named(batch, 0, "table_name");
    }

    private static @Nullable String named(Made call, int position, String name) {
        return Symbols.text(
                position < call.positional().size() ? call.positional().get(position) : call.named().get(name));
    }
}
