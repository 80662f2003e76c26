package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Mapping;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Sequence;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Whole;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's {@code format % values}. */
public final class PercentFormat {

    private static final Pattern PLACE = Pattern
            .compile("%(?:\\(([^()]*)\\))?([-+ 0#]*)(\\d{0,4})(?:\\.(\\d{0,4}))?([a-zA-Z%])?");

    private PercentFormat() {}

    /** The text; absent where Python fails, or the format is not known here. */
    public static @Nullable String filled(String format, TemplateValue values) {
        List<TemplateValue> positional = values instanceof Sequence(boolean tuple, List<TemplateValue> all) && tuple
                ? all
                : List.of(values);
        StringBuilder text = new StringBuilder();
        Matcher place = PLACE.matcher(format);
        int from = 0;
        int next = 0;
        while (place.find()) {
            text.append(format, from, place.start());
            from = place.end();
            if (place.group().equals("%%")) {
                text.append('%');
                continue;
            }
            TemplateValue value = place.group(1) != null
                    ? values instanceof Mapping mapping ? mapping.entries().get(new Text(place.group(1))) : null
                    : next < positional.size() ? positional.get(next++) : null;
            String part = value == null || place.group(5) == null ? null : part(value, place);
            if (part == null || text.length() + part.length() > PythonText.LONGEST) {
                return null;
            }
            text.append(part);
        }
        text.append(format, from, format.length());
        return next == positional.size() || values instanceof Mapping ? text.toString() : null;
    }

    private static @Nullable String part(TemplateValue value, Matcher place) {
        String flags = place.group(2);
        int width = place.group(3).isEmpty() ? 0 : Integer.parseInt(place.group(3));
        String digits = place.group(4);
        int precision = digits == null ? -1 : digits.isEmpty() ? 0 : Integer.parseInt(digits);
        String part = switch (place.group(5)) {
            case "s" -> shortened(PythonText.shown(value), precision);
            case "r" -> shortened(PythonText.quoted(value), precision);
            case "d", "i", "u" -> value instanceof Whole(long whole) ? whole(whole, flags, precision, width) : null;
            default -> null;
        };
        if (part == null || flags.indexOf('#') >= 0) {
            return null;
        }
        String padding = " ".repeat(Math.max(0, width - part.codePointCount(0, part.length())));
        return flags.indexOf('-') >= 0 ? part + padding : padding + part;
    }

    private static @Nullable String shortened(@Nullable String text, int precision) {
        return text == null || precision < 0 || precision >= text.codePointCount(0, text.length())
                ? text
                : text.substring(0, text.offsetByCodePoints(0, precision));
    }

    private static String whole(long whole, String flags, int precision, int width) {
        String sign = whole < 0 ? "-" : flags.indexOf('+') >= 0 ? "+" : flags.indexOf(' ') >= 0 ? " " : "";
        String digits = String.valueOf(Math.abs(whole));
        boolean zeros = flags.indexOf('0') >= 0 && flags.indexOf('-') < 0;
        int wanted = Math.max(precision, zeros ? width - sign.length() : 0);
        return sign + "0".repeat(Math.max(0, wanted - digits.length())) + digits;
    }
}
