package dev.migrationledger.agent.sql.effect;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of PostGIS as it prints them, whatever the case in which they were written. */
final class SpatialType {

    private static final List<String> SHAPES = List.of(
            "CircularString", "CompoundCurve", "CurvePolygon", "Geometry", "GeometryCollection", "LineString",
            "MultiCurve", "MultiLineString", "MultiPoint", "MultiPolygon", "MultiSurface", "Point", "Polygon",
            "PolyhedralSurface", "Tin", "Triangle");

    private static final Pattern WRITTEN = Pattern.compile("(\\w+?)(ZM|Z|M)?(?:,(-?\\d+))?", Pattern.CASE_INSENSITIVE);

    private SpatialType() {}

    static boolean is(String base) {
        return base.equals("geometry") || base.equals("geography");
    }

    /** @param modifiers without spaces, such as {@code POINT,4326} */
    static String of(String base, String modifiers) {
        Matcher written = WRITTEN.matcher(modifiers);
        if (!written.matches()) {
            return base + "(" + modifiers + ")";
        }
        String shape = SHAPES.stream().filter(one -> one.equalsIgnoreCase(written.group(1))).findFirst()
                .orElse(written.group(1));
        String dimensions = written.group(2) == null ? "" : written.group(2).toUpperCase(Locale.ROOT);
        int reference = written.group(3) == null ? 0 : Integer.parseInt(written.group(3));
        if (reference <= 0) {
            // Without one, a geography is in degrees; a geometry has none.
            reference = base.equals("geography") ? 4326 : 0;
        }
        boolean anything = shape.equals("Geometry") && dimensions.isEmpty() && reference == 0;
        return anything ? base : base + "(" + shape + dimensions + (reference == 0 ? "" : "," + reference) + ")";
    }
}
