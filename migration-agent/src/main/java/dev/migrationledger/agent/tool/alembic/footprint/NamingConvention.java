package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.contracts.schema.Definition.ConstraintType;
import dev.migrationledger.contracts.unread.OperationReason.ComputedArgument;
import dev.migrationledger.contracts.unread.OperationReason.ComputedToken;
import dev.migrationledger.contracts.unread.OperationReason.Part;
import dev.migrationledger.contracts.unread.OperationReason.UnknownOperation;
import dev.migrationledger.contracts.unread.OperationReason.UnknownToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code naming_convention} of SQLAlchemy's metadata: names for constraints and indexes that have no finished name.
 *
 * @param templates by kind, as {@code ck}; a value that is no text cannot be applied
 * @param known false: the project may have one, and it cannot be read
 */
public record NamingConvention(Map<String, Symbol> templates, boolean known) {

    private static final Symbol INDEX_TEMPLATE = new Symbol.Text("ix_%(column_0_label)s");

    /** What SQLAlchemy uses where nothing is said. */
    public static final NamingConvention NONE = new NamingConvention(Map.of("ix", INDEX_TEMPLATE), true);

    /** The metadata of the project cannot be read. */
    public static final NamingConvention UNKNOWN = new NamingConvention(Map.of("ix", INDEX_TEMPLATE), false);

    private static final Pattern TOKEN = Pattern.compile("%(?:%|\\((\\w+)\\)s|(.|$))");
    private static final Pattern COLUMN = Pattern.compile("(referred_)?column_(\\d+)(_?N)?_(name|key|label)");
    private static final Set<String> KINDS = Set.of("ix", "pk", "uq", "fk", "ck");
    private static final String CONSTRAINT_NAME = "constraint_name";

    public NamingConvention {
        templates = Map.copyOf(templates);
    }

    /** Of a {@code MetaData(…)}. */
    public static NamingConvention of(Symbol metadata) {
        if (metadata == Symbol.None.NONE) {
            return NONE;
        }
        if (!(metadata instanceof Made made) || !Symbols.last(made).equals("MetaData")) {
            return UNKNOWN;
        }
        Symbol said = new NamedArguments(made).find("naming_convention");
        if (said == null) {
            return made.complete() ? NONE : UNKNOWN;
        }
        Symbol meant = said instanceof Symbol.Reference reference ? reference.target() : said;
        return meant instanceof Symbol.Dict dict ? of(dict) : UNKNOWN;
    }

    /** A dictionary that can be nothing else; absent: another symbol. */
    public static @Nullable NamingConvention literal(Symbol symbol) {
        boolean kinds = symbol instanceof Symbol.Dict dict && dict.entries().size() > 1 && dict.entries().stream()
                .allMatch(entry -> entry.key() instanceof Symbol.Text(String key, _) && KINDS.contains(key)
                        && entry.value() instanceof Symbol.Text(String template, _) && template.contains("%("));
        return kinds ? of((Symbol.Dict) symbol) : null;
    }

    private static NamingConvention of(Symbol.Dict dict) {
        Map<String, Symbol> templates = new HashMap<>();
        for (Symbol.Entry entry : dict.entries()) {
            String key = Symbols.text(entry.key());
            templates.put(key == null ? ofClass(Symbols.last(entry.key())) : key, entry.value());
        }
        return templates.isEmpty() ? NONE : new NamingConvention(templates, true);
    }

    private static String ofClass(String name) {
        return switch (name) {
            case "Index" -> "ix";
            case "PrimaryKeyConstraint" -> "pk";
            case "UniqueConstraint" -> "uq";
            case "ForeignKeyConstraint" -> "fk";
            case "CheckConstraint" -> "ck";
            default -> name;
        };
    }

    /**
     * What a constraint or index is over.
     *
     * @param columns absent where they cannot be known
     * @param referred the other table's name, for a foreign key
     */
    record Subject(
            @Nullable String schema,
            String table,
            @Nullable List<String> columns,
            @Nullable String referred,
            @Nullable List<String> referredColumns) {

        Subject(@Nullable String schema, String table, @Nullable List<String> columns) {
            this(schema, table, columns, null, List.of());
        }
    }

    /**
     * A name that a script gives.
     *
     * @param finished whether no convention changes it: {@code op.f(…)}
     */
    record Given(String name, boolean finished) {}

    /**
     * The name that SQLAlchemy writes.
     *
     * @param given absent: none
     * @return absent: none, so that PostgreSQL makes one
     */
    @Nullable
    String name(ConstraintType kind, @Nullable Given given, Subject subject) throws UnknownEffect {
        return name(switch (kind) {
            case PRIMARY_KEY -> "pk";
            case UNIQUE -> "uq";
            case FOREIGN_KEY -> "fk";
            case CHECK -> "ck";
            case EXCLUDE -> "";
        }, given, subject);
    }

    /** The same of an index, which always has one. */
    @Nullable
    String indexName(@Nullable Given given, Subject subject) throws UnknownEffect {
        return name("ix", given, subject);
    }

    private @Nullable String name(String kind, @Nullable Given given, Subject subject) throws UnknownEffect {
        Symbol template = templates.get(kind);
        String text = Symbols.text(template);
        boolean applies = template != null && (given == null
                || (!given.finished() && (text == null || text.contains(CONSTRAINT_NAME))));
        if (!applies) {
            return given == null ? null : given.name();
        }
        if (text == null) {
            throw new UnknownEffect(new UnknownOperation(Part.COMPUTED_CONVENTION));
        }
        return Symbols.cut(format(text, given, subject));
    }

    private String format(String template, @Nullable Given given, Subject subject) throws UnknownEffect {
        Matcher tokens = TOKEN.matcher(template);
        StringBuilder name = new StringBuilder();
        while (tokens.find()) {
            String token = tokens.group(1);
            if (token == null && tokens.group(2) != null) {
                throw new UnknownEffect(new UnknownOperation(Part.INVALID_CONVENTION));
            }
            tokens.appendReplacement(name,
                    Matcher.quoteReplacement(token == null ? "%" : token(token, given, subject)));
        }
        return tokens.appendTail(name).toString();
    }

    private String token(String token, @Nullable Given given, Subject subject) throws UnknownEffect {
        return switch (token) {
            case String own when templates.containsKey(own) -> throw new UnknownEffect(
                    new ComputedToken(own));
            case "table_name" -> subject.table();
            case CONSTRAINT_NAME -> {
                if (given == null) {
                    throw new UnknownEffect(new UnknownOperation(Part.CONVENTION_NEEDS_NAME));
                }
                yield given.name();
            }
            case "referred_table_name" -> {
                if (subject.referred() == null) {
                    throw new UnknownEffect(new UnknownOperation(Part.COMPUTED_REFERRED_TABLE));
                }
                yield subject.referred();
            }
            default -> {
                Matcher column = COLUMN.matcher(token);
                if (!column.matches()) {
                    throw new UnknownEffect(new UnknownToken(token));
                }
                yield columns(column, subject);
            }
        };
    }

    /** {@code column_0_name} is one, {@code column_0N_name} and {@code column_0_N_name} all of them. */
    private static String columns(Matcher token, Subject subject) throws UnknownEffect {
        List<String> columns = token.group(1) == null ? subject.columns() : subject.referredColumns();
        if (columns == null) {
            throw new UnknownEffect(new ComputedArgument("columns"));
        }
        IntFunction<String> one = i -> i >= columns.size()
                ? ""
                : token.group(4).equals("label") ? label(subject, columns.get(i)) : columns.get(i);
        String several = token.group(3);
        return several == null
                ? one.apply(Integer.parseInt(token.group(2)))
                : IntStream.range(0, columns.size()).mapToObj(one)
                        .collect(Collectors.joining(several.startsWith("_") ? "_" : ""));
    }

    private static String label(Subject subject, String column) {
        String schema = subject.schema() == null ? "" : subject.schema().replace('.', '_') + "_";
        return schema + subject.table() + "_" + column;
    }
}
