package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import dev.migrationledger.agent.sql.effect.TypeName;
import dev.migrationledger.contracts.schema.CanonicalText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A column's type.
 *
 * @param name as PostgreSQL prints it; absent where it cannot be known
 * @param enumeration the enum that a new table brings along; absent: it needs none
 * @param spatialIndex the function through which the index that comes along is over the column, empty: over the column itself;
 *     absent: there is none
 * @param check the check that comes along; absent: none
 * @param collation as PostgreSQL prints it; absent: that of the type
 */
record ColumnType(
        @Nullable String name,
        @Nullable EnumType enumeration,
        @Nullable String spatialIndex,
        EnumType.@Nullable Check check,
        @Nullable String collation) {

    static final ColumnType UNKNOWN = new ColumnType(null, null);

    /** As a type is told it; its name is known to be PostgreSQL's. */
    private static final Symbol DIALECT = new Symbol.Reference("sqlalchemy.dialect");

    ColumnType(@Nullable String name, @Nullable EnumType enumeration) {
        this(name, enumeration, null, null, null);
    }

    /** Those that take nothing which PostgreSQL prints, by their names in lower case. */
    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("integer", "integer"), Map.entry("int", "integer"),
            Map.entry("biginteger", "bigint"), Map.entry("bigint", "bigint"),
            Map.entry("smallinteger", "smallint"), Map.entry("smallint", "smallint"),
            Map.entry("text", "text"), Map.entry("unicodetext", "text"), Map.entry("boolean", "boolean"),
            Map.entry("date", "date"), Map.entry("real", "real"), Map.entry("double", "double precision"),
            Map.entry("double_precision", "double precision"), Map.entry("largebinary", "bytea"),
            Map.entry("bytea", "bytea"), Map.entry("pickletype", "bytea"), Map.entry("json", "json"),
            Map.entry("jsonpath", "jsonpath"),
            Map.entry("jsonb", "jsonb"), Map.entry("hstore", "hstore"), Map.entry("inet", "inet"),
            Map.entry("cidr", "cidr"), Map.entry("macaddr", "macaddr"), Map.entry("macaddr8", "macaddr8"),
            Map.entry("tsvector", "tsvector"), Map.entry("tsquery", "tsquery"), Map.entry("money", "money"),
            Map.entry("oid", "oid"), Map.entry("regclass", "regclass"), Map.entry("citext", "citext"),
            Map.entry("int4range", "int4range"), Map.entry("int8range", "int8range"),
            Map.entry("numrange", "numrange"), Map.entry("daterange", "daterange"),
            Map.entry("tsrange", "tsrange"), Map.entry("tstzrange", "tstzrange"),
            Map.entry("int4multirange", "int4multirange"), Map.entry("int8multirange", "int8multirange"),
            Map.entry("nummultirange", "nummultirange"), Map.entry("datemultirange", "datemultirange"),
            Map.entry("tsmultirange", "tsmultirange"), Map.entry("tstzmultirange", "tstzmultirange"),
            Map.entry("regconfig", "regconfig"), Map.entry("matchtype", "boolean"));

    private static final Pattern SQL_TYPE = Pattern.compile("([A-Za-z_]\\w*)(?:\\s*\\(([\\d ,]+)\\))?");

    /**
     * The type that a symbol stands for: a class or one that was made of it.
     *
     * @param type as it stands behind a column's name
     */
    static ColumnType of(Symbol type) {
        if (type instanceof Made made && made.callee() instanceof Member member && Symbols.dotted(member) == null) {
            return variant(made, member);
        }
        Symbol callee = type instanceof Made made ? made.callee() : type;
        if (callee instanceof Symbol.Type own) {
            return decorated(own, type instanceof Made made ? made : null);
        }
        String dotted = Symbols.made(type);
        if (dotted == null) {
            return UNKNOWN;
        }
        if (!dotted.startsWith("sqlalchemy.")) {
            return PackageTypes.of(dotted, type);
        }
        String name = Symbols.last(type).toLowerCase(Locale.ROOT);
        String plain = PLAIN.get(name);
        return (plain != null ? new ColumnType(plain, null) : withArguments(name, type)).collated(type);
    }

    /**
     * A type of the project: a {@code TypeDecorator} is what its {@code impl} is, or what it says for PostgreSQL.
     *
     * @param made absent: the class itself
     */
    private static ColumnType decorated(Symbol.Type own, @Nullable Made made) {
        Map<String, Symbol> members = own.members().all();
        Symbol impl = members.get("impl");
        if (impl instanceof Symbol.Reference reference && reference.target() != null) {
            impl = reference.target();
        }
        Symbol self = made == null ? new Made(own, List.of(), Map.of(), true, own.definition().place()) : made;
        if (members.get("load_dialect_impl") instanceof Symbol.Local function) {
            return function.returned(self, DIALECT) instanceof Made descriptor && descriptor.positional().size() == 1
                    && Symbols.last(descriptor).equals("type_descriptor")
                            ? of(descriptor.positional().getFirst())
                            : UNKNOWN;
        }
        if (members.get("get_col_spec") instanceof Symbol.Local function) {
            String text = Symbols.text(function.returned(self));
            return text == null ? UNKNOWN : ofSql(text);
        }
        if (impl == null) {
            return UNKNOWN;
        }
        if (impl instanceof Made || made == null || (made.positional().isEmpty() && made.named().isEmpty())) {
            return of(impl);
        }
        // What it is given goes on to the class below, unless its own constructor takes it.
        return members.containsKey("__init__")
                ? UNKNOWN
                : of(new Made(impl, made.positional(), made.named(), made.complete(), made.place()));
    }

    /** A type as SQL writes it, as far as that is one word with something in brackets behind it. */
    private static ColumnType ofSql(String text) {
        Matcher type = SQL_TYPE.matcher(text.strip());
        return type.matches()
                ? new ColumnType(TypeName.of(String.valueOf(type.group(1)).toLowerCase(Locale.ROOT), type.group(2)),
                        null)
                : UNKNOWN;
    }

    /** {@code type.with_variant(other, "postgresql")} is the other here; everything else leaves a type what it is. */
    private static ColumnType variant(Made made, Member member) {
        if (!member.name().equals("with_variant")) {
            return member.name().equals("evaluates_none") ? of(member.of()) : UNKNOWN;
        }
        boolean here = made.positional().stream().skip(1)
                .anyMatch(dialect -> "postgresql".equals(Symbols.text(dialect)))
                || "postgresql".equals(Symbols.text(made.named().get("dialect_name")));
        Symbol other = made.positional().isEmpty() ? made.named().get("type_") : made.positional().getFirst();
        return !here ? of(member.of()) : other == null ? UNKNOWN : of(other);
    }

    static ColumnType withArguments(String name, Symbol type) {
        return switch (name) {
            case "string", "varchar", "unicode", "nvarchar" -> sized("character varying", type);
            case "char", "nchar" -> sized("character", type);
            case "datetime", "timestamp" -> timed("timestamp", type);
            case "time" -> timed("time", type);
            case "interval" -> interval(type);
            case "numeric", "decimal" -> numeric(type);
            case "float" -> floating(type);
            case "bit" -> bit(type);
            case "uuid" -> uuid(type);
            case "enum" -> type instanceof Made made ? EnumType.type(made) : UNKNOWN;
            case "array" -> array(type);
            default -> UNKNOWN;
        };
    }

    private static ColumnType sized(String base, Symbol type) {
        if (type instanceof Made made) {
            NamedArguments arguments = new NamedArguments(made, "length");
            if (arguments.find("length") != null) {
                Long length = arguments.number("length");
                return length == null ? UNKNOWN : new ColumnType(TypeName.of(base, length.toString()), null);
            }
        }
        return new ColumnType(TypeName.of(base, null), null);
    }

    /** With the collation that it is given; one that cannot be read leaves nothing to compare. */
    private ColumnType collated(Symbol type) {
        Symbol given = type instanceof Made made ? made.named().get("collation") : null;
        if (given == null || given == Symbol.None.NONE) {
            return this;
        }
        String collated = Symbols.text(given);
        return new ColumnType(collated == null ? null : name, enumeration, spatialIndex, check,
                collated == null ? null : CanonicalText.quoted(collated));
    }

    private static ColumnType timed(String base, Symbol type) {
        if (!(type instanceof Made made)) {
            return new ColumnType(base + " without time zone", null);
        }
        NamedArguments arguments = new NamedArguments(made, "timezone", "precision");
        Symbol zone = arguments.find("timezone");
        if (zone != null && !(zone instanceof Symbol.Truth)) {
            return UNKNOWN;
        }
        Long precision = arguments.number("precision");
        String full = base + (arguments.isTrue("timezone") ? " with time zone" : " without time zone");
        return new ColumnType(TypeName.of(full, precision == null ? null : precision.toString()), null);
    }

    /** The general one and PostgreSQL's own. */
    private static ColumnType interval(Symbol type) {
        NamedArguments arguments = type instanceof Made made ? new NamedArguments(made) : NamedArguments.NONE;
        String fields = Symbols.text(arguments.find("fields"));
        String words = fields == null ? "interval" : "interval " + fields.toLowerCase(Locale.ROOT);
        String parameter = arguments.has("precision") ? "precision" : "second_precision";
        if (arguments.find(parameter) == null) {
            return new ColumnType(words, null);
        }
        Long precision = arguments.number(parameter);
        return precision == null ? UNKNOWN : new ColumnType(words + "(" + precision + ")", null);
    }

    private static ColumnType uuid(Symbol type) {
        boolean text = type instanceof Made made && new NamedArguments(made).isFalse("native_uuid");
        return new ColumnType(text ? "character(32)" : "uuid", null);
    }

    private static ColumnType numeric(Symbol type) {
        NamedArguments arguments = type instanceof Made made ? new NamedArguments(made, "precision", "scale") : null;
        Long precision = arguments == null ? null : arguments.number("precision");
        Long scale = arguments == null ? null : arguments.number("scale");
        return new ColumnType(
                TypeName.of("numeric", precision == null
                        ? null
                        : scale == null
                                ? "" + precision
                                : precision + "," + scale),
                null);
    }

    private static ColumnType floating(Symbol type) {
        Long precision = type instanceof Made made ? new NamedArguments(made, "precision").number("precision") : null;
        return new ColumnType(TypeName.of("float", precision == null ? null : precision.toString()), null);
    }

    private static ColumnType bit(Symbol type) {
        NamedArguments arguments = type instanceof Made made ? new NamedArguments(made, "length", "varying") : null;
        Long length = arguments == null ? null : arguments.number("length");
        boolean varying = arguments != null && arguments.isTrue("varying");
        return new ColumnType(
                TypeName.of(varying ? "bit varying" : "bit", length == null ? null : length.toString()), null);
    }

    private static ColumnType array(Symbol type) {
        Symbol item = type instanceof Made made ? new NamedArguments(made, "item_type").find("item_type") : null;
        ColumnType of = item == null ? UNKNOWN : of(item);
        return new ColumnType(of.name() == null ? null : of.name() + "[]", of.enumeration(), null, null,
                of.collation());
    }

    /** The name of an enum as PostgreSQL prints it. */
    static String printed(@Nullable String schema, String name) {
        return schema == null || schema.equals("public")
                ? CanonicalText.quoted(name)
                : CanonicalText.quoted(schema) + "." + CanonicalText.quoted(name);
    }
}
