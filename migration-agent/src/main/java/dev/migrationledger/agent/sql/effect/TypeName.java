package dev.migrationledger.agent.sql.effect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types as PostgreSQL's format_type prints them. */
public final class TypeName {

    /** Other spellings that its grammar takes. */
    private static final Map<String, String> OTHER_SPELLINGS = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("int2", "smallint"),
            Map.entry("bool", "boolean"),
            Map.entry("float4", "real"),
            Map.entry("float8", "double precision"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("varchar", "character varying"),
            Map.entry("char varying", "character varying"),
            Map.entry("nchar varying", "character varying"),
            Map.entry("char", "character"),
            Map.entry("nchar", "character"),
            Map.entry("bpchar", "character"),
            Map.entry("varbit", "bit varying"),
            Map.entry("timestamptz", "timestamp with time zone"),
            Map.entry("timetz", "time with time zone"),
            Map.entry("timestamp", "timestamp without time zone"),
            Map.entry("time", "time without time zone"));

    private TypeName() {}

    /**
     * One spelling of a type.
     *
     * @param base in lower case unless it was quoted, single spaces between words, without what is in brackets
     * @param modifiers what is in brackets, separated by commas; absent: no brackets
     */
    public static String of(String base, @Nullable String modifiers) {
        String name = OTHER_SPELLINGS.getOrDefault(base, base);
        String all = modifiers == null ? null : String.join(",", List.of(modifiers.replace(" ", "").split(",")));
        if (base.equals("float")) {
            return all != null && Integer.parseInt(all) <= 24 ? "real" : "double precision";
        }
        if (name.equals("character") || name.equals("bit")) {
            return name + "(" + (all == null ? "1" : all) + ")";
        }
        if (name.equals("numeric") && all != null && !all.contains(",")) {
            return "numeric(" + all + ",0)";
        }
        if (all == null) {
            return name;
        }
        if (SpatialType.is(name)) {
            return SpatialType.of(name, all);
        }
        int space = name.startsWith("time") ? name.indexOf(' ') : -1;
        return space < 0
                ? name + "(" + all + ")"
                : name.substring(0, space) + "(" + all + ")" + name.substring(space);
    }

    /** The integer type below a serial one; absent: it is none. */
    public static @Nullable String belowSerial(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "serial", "serial4" -> "integer";
            case "bigserial", "serial8" -> "bigint";
            case "smallserial", "serial2" -> "smallint";
            default -> null;
        };
    }
}
