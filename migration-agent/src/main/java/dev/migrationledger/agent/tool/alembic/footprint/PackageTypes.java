package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.sql.effect.TypeName;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Types of packages beside SQLAlchemy, as PostgreSQL prints them. One line each: to add a type, add its line, and a column of it to
 * the golden script {@code package_types}.
 */
final class PackageTypes {

    /** How a type's arguments become PostgreSQL's type. */
    private sealed interface Form {

        /** Whatever it is given. */
        record Plain(String name) implements Form {}

        /** With a number in brackets, which the last of the parameters gives; {@code standard} if it is left out. */
        record Sized(String base, @Nullable Long standard, List<String> parameters) implements Form {}

        /** As the type of SQLAlchemy with this name, in lower case, which takes the same arguments. */
        record Like(String name) implements Form {}

        /** Of PostGIS. */
        record Spatial(String base) implements Form {}

        /** Another type, which the argument {@code parameter} gives. */
        record Inner(String parameter, int position, String standard) implements Form {}
    }

    /**
     * One line.
     *
     * @param module the package, or a module of it, that the type's full name begins with
     */
    private record Line(String module, String type, Form form) {}

    private static final String VARCHAR = "character varying";
    private static final String ZONED = "timestamp with time zone";

    private static final Map<String, List<Line>> LINES = Stream.of(
            plain("advanced_alchemy", "BigIntIdentity", "bigint"),
            plain("advanced_alchemy", "Bool", "boolean"),
            plain("advanced_alchemy", "DateTimeUTC", ZONED),
            plain("advanced_alchemy", "EncryptedString", VARCHAR),
            plain("advanced_alchemy", "EncryptedText", "text"),
            plain("advanced_alchemy", "GUID", "uuid"),
            plain("advanced_alchemy", "JsonB", "jsonb"),
            plain("advanced_alchemy", "StoredObject", "jsonb"),
            plain("citext", "CIText", "citext"),
            plain("fastapi_restful", "GUID", "uuid"),
            plain("fastapi_users", "GUID", "uuid"),
            plain("fastapi_users_db_sqlalchemy", "GUID", "uuid"),
            like("fastapi_users_db_sqlalchemy", "TIMESTAMPAware", "timestamp"),
            plain("fastapi_utils", "GUID", "uuid"),
            spatial("geoalchemy2", "Geography", "geography"),
            spatial("geoalchemy2", "Geometry", "geometry"),
            spatial("geoalchemy2", "Raster", "raster"),
            sized("pgvecto_rs", "VECTOR", "vector", null, "dim"),
            sized("pgvecto_rs", "Vector", "vector", null, "dim"),
            sized("pgvector", "BIT", "bit", null, "length"),
            sized("pgvector", "HALFVEC", "halfvec", null, "dim"),
            sized("pgvector", "SPARSEVEC", "sparsevec", null, "dim"),
            sized("pgvector", "VECTOR", "vector", null, "dim"),
            sized("pgvector", "Vector", "vector", null, "dim"),
            plain("sqlalchemy_file", "FileField", "json"),
            plain("sqlalchemy_file", "ImageField", "json"),
            plain("sqlalchemy_json", "MutableJson", "json"),
            plain("sqlalchemy_json", "NestedMutableJson", "json"),
            inner("sqlalchemy_json", "mutable_json_type", "dbtype", 0, "json"),
            plain("sqlalchemy_utc", "UtcDateTime", ZONED),
            like("sqlalchemy_utils", "ArrowType", "datetime"),
            sized("sqlalchemy_utils", "BitType", "bit", 1L, "length"),
            inner("sqlalchemy_utils", "ChoiceType", "impl", 1, VARCHAR + "(255)"),
            sized("sqlalchemy_utils", "ColorType", VARCHAR, 20L, "max_length"),
            plain("sqlalchemy_utils", "CountryType", VARCHAR + "(2)"),
            plain("sqlalchemy_utils", "CurrencyType", VARCHAR + "(3)"),
            plain("sqlalchemy_utils", "DateRangeType", "daterange"),
            plain("sqlalchemy_utils", "DateTimeRangeType", "tsrange"),
            sized("sqlalchemy_utils", "EmailType", VARCHAR, 255L, "length"),
            plain("sqlalchemy_utils", "EncryptedType", "bytea"),
            plain("sqlalchemy_utils", "EnrichedDateType", "date"),
            sized("sqlalchemy_utils", "IPAddressType", VARCHAR, 50L, "max_length"),
            plain("sqlalchemy_utils", "Int8RangeType", "int8range"),
            plain("sqlalchemy_utils", "IntRangeType", "int4range"),
            plain("sqlalchemy_utils", "JSONType", "json"),
            plain("sqlalchemy_utils", "LocaleType", VARCHAR + "(10)"),
            plain("sqlalchemy_utils", "LtreeType", "ltree"),
            plain("sqlalchemy_utils", "NumericRangeType", "numrange"),
            plain("sqlalchemy_utils", "PasswordType", "bytea"),
            sized("sqlalchemy_utils", "PhoneNumberType", VARCHAR, 20L, "region", "max_length"),
            plain("sqlalchemy_utils", "ScalarListType", "text"),
            sized("sqlalchemy_utils", "StringEncryptedType", VARCHAR, null, "type_in", "key", "engine", "padding",
                    "length"),
            plain("sqlalchemy_utils", "TSVectorType", "tsvector"),
            plain("sqlalchemy_utils", "TimezoneType", VARCHAR + "(50)"),
            plain("sqlalchemy_utils", "URLType", "text"),
            plain("sqlalchemy_utils", "UUIDType", "uuid"),
            plain("sqlalchemy_utils", "WeekDaysType", "bit(7)"),
            sized("sqlmodel", "AutoString", VARCHAR, null, "length"),
            plain("sqlmodel", "GUID", "uuid"))
            .collect(Collectors.groupingBy(Line::type));

    private PackageTypes() {}

    private static Line plain(String module, String type, String name) {
        return new Line(module, type, new Form.Plain(name));
    }

    private static Line sized(
            String module, String type, String base, @Nullable Long standard, String... parameters) {
        return new Line(module, type, new Form.Sized(base, standard, List.of(parameters)));
    }

    private static Line like(String module, String type, String name) {
        return new Line(module, type, new Form.Like(name));
    }

    private static Line spatial(String module, String type, String base) {
        return new Line(module, type, new Form.Spatial(base));
    }

    private static Line inner(String module, String type, String parameter, int position, String standard) {
        return new Line(module, type, new Form.Inner(parameter, position, standard));
    }

    /**
     * The type that a symbol of another package stands for.
     *
     * @param dotted its full name, wherever in the package it is defined
     * @return without a name where the package or the type is not in the list
     */
    static ColumnType of(String dotted, Symbol type) {
        String last = dotted.substring(dotted.lastIndexOf('.') + 1);
        for (Line line : LINES.getOrDefault(last, List.of())) {
            if (dotted.startsWith(line.module() + ".")) {
                return of(line.form(), type);
            }
        }
        return ColumnType.UNKNOWN;
    }

    private static ColumnType of(Form form, Symbol type) {
        Made made = type instanceof Made called ? called : null;
        return switch (form) {
            case Form.Plain plain -> new ColumnType(plain.name(), null);
            case Form.Sized sized -> sized(sized, made);
            case Form.Like like -> ColumnType.withArguments(like.name(), type);
            case Form.Spatial spatial -> spatial(spatial.base(), made);
            case Form.Inner inner -> inner(inner, made);
        };
    }

    private static ColumnType sized(Form.Sized sized, @Nullable Made made) {
        NamedArguments arguments = made == null
                ? NamedArguments.NONE
                : new NamedArguments(made, sized.parameters().toArray(String[]::new));
        Symbol said = arguments.find(sized.parameters().getLast());
        Long size = said == null ? sized.standard() : said instanceof Symbol.Numeral numeral ? numeral.whole() : null;
        return said != null && size == null
                ? ColumnType.UNKNOWN
                : new ColumnType(TypeName.of(sized.base(), size == null ? null : size.toString()), null);
    }

    private static ColumnType inner(Form.Inner inner, @Nullable Made made) {
        Symbol said = made == null
                ? null
                : made.named().containsKey(inner.parameter())
                        ? made.named().get(inner.parameter())
                        : made.positional().size() > inner.position()
                                ? made.positional().get(inner.position())
                                : null;
        return said == null || said == Symbol.None.NONE ? new ColumnType(inner.standard(), null) : ColumnType.of(said);
    }

    private static ColumnType spatial(String base, @Nullable Made made) {
        boolean raster = base.equals("raster");
        NamedArguments arguments = made == null
                ? NamedArguments.NONE
                : raster
                        ? new NamedArguments(made, "spatial_index")
                        : new NamedArguments(made, "geometry_type", "srid", "dimension", "spatial_index");
        String over = arguments.isFalse("spatial_index") ? null : raster ? "ST_ConvexHull" : "";
        return new ColumnType(raster ? base : shaped(base, arguments), null, over, null, null);
    }

    private static @Nullable String shaped(String base, NamedArguments arguments) {
        if (arguments.has("geometry_type") && arguments.find("geometry_type") == null) {
            return base;
        }
        String shape = arguments.has("geometry_type") ? Symbols.text(arguments.find("geometry_type")) : "GEOMETRY";
        Long srid = arguments.has("srid") ? arguments.number("srid") : Long.valueOf(-1);
        return shape == null || srid == null ? null : TypeName.of(base, shape + "," + srid);
    }
}
