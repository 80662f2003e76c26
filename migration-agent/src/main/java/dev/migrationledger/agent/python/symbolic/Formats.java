package dev.migrationledger.agent.python.symbolic;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts that are put together: {@code %}, {@code format}, fields of formatted strings. Absent results are not to be known. */
final class Formats {

    /** {@code %s}, {@code %(name)s}, {@code %04d}, {@code %%}. */
    private static final Pattern PERCENT = Pattern.compile("%(?:\\((\\w+)\\))?(0?\\d{0,4})([sdr%])");

    /** {@code {}}, {@code {0}}, {@code {name!r:>10}}, and doubled braces. */
    private static final Pattern BRACES = Pattern.compile("\\{\\{|}}|\\{(\\w*)(?:!([rs]))?(?::([^{}]*))?}");

    /** {@code $name}, {@code ${name}}, {@code $$}, and what is an error. */
    private static final Pattern PLACE_OF_TEMPLATE = Pattern.compile("\\$(?:\\$|([a-zA-Z_]\\w*)|\\{([a-zA-Z_]\\w*)}|)");

    /** What is understood of the language of format specifications. */
    private static final Pattern SPECIFICATION = Pattern.compile("([<>^]?)(0?)(\\d{0,4})([sd]?)");

    private Formats() {}

    /** As {@code str()} has it. */
    static @Nullable String shown(Symbol symbol) {
        return switch (symbol) {
            case Symbol.Text text -> text.text();
            case Symbol.None none -> "None";
            case Symbol.Truth truth -> truth.truth() ? "True" : "False";
            case Symbol.Numeral numeral -> numeral.whole() == null ? null : String.valueOf(numeral.whole());
            case Symbol.Items items -> quoted(items);
            case Symbol.Dict dict -> null;
            case Symbol.Reference reference -> null;
            case Symbol.Member member -> null;
            case Symbol.Made made -> null;
            case Symbol.Answered answered -> null;
            case Symbol.ProjectPath path -> path.path();
            case Symbol.Local local -> null;
            case Symbol.Type type -> null;
            case Symbol.Unknown unknown -> null;
        };
    }

    /** As {@code repr()} has it. */
    static @Nullable String quoted(Symbol symbol) {
        if (symbol instanceof Symbol.Text(String text, _)) {
            boolean plain = text.chars().allMatch(c -> c >= ' ' && c != '\\' && c != 0x7f);
            if (!plain || (text.contains("'") && text.contains("\""))) {
                return null;
            }
            return text.contains("'") ? "\"" + text + "\"" : "'" + text + "'";
        }
        if (symbol instanceof Symbol.Items items) {
            return quoted(items);
        }
        return shown(symbol);
    }

    private static @Nullable String quoted(Symbol.Items items) {
        StringBuilder all = new StringBuilder();
        for (Symbol value : items.values()) {
            String one = value instanceof Symbol.Items ? null : quoted(value);
            if (one == null) {
                return null;
            }
            all.append(all.isEmpty() ? "" : ", ").append(one);
        }
        return switch (items.kind()) {
            case LIST -> "[" + all + "]";
            case TUPLE -> items.values().size() == 1 ? "(" + all + ",)" : "(" + all + ")";
            case SET -> null;
        };
    }

    /** {@code string.Template(…).substitute(…)}. */
    static @Nullable Symbol template(Symbol receiver, String method, Arguments arguments) {
        if (!(receiver instanceof Symbol.Made made) || !(made.callee() instanceof Symbol.Reference(String dotted, _))
                || !dotted.equals("string.Template") || !method.equals("substitute") || !arguments.complete()
                || !(made.positional().size() == 1 && made.positional().getFirst() instanceof Symbol.Text template)) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        Matcher matcher = PLACE_OF_TEMPLATE.matcher(template.text());
        while (matcher.find()) {
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            Symbol value = name == null ? null : arguments.named().get(name);
            if (value == null && name != null && arguments.at(0) instanceof Symbol.Dict values) {
                value = Containers.at(values, new Symbol.Text(name));
            }
            String filling = matcher.group().equals("$$") ? "$" : value == null ? null : shown(value);
            if (filling == null) {
                return null;
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(filling));
        }
        matcher.appendTail(text);
        Symbol filled = text(text);
        return filled == null ? null : ProjectFiles.located(filled, template);
    }

    static @Nullable Symbol percent(String format, Symbol values) {
        return percent(format, values, false);
    }

    /** @param holes whether what cannot be known leaves a hole */
    static @Nullable Symbol percent(String format, Symbol values, boolean holes) {
        List<Symbol> positional = values instanceof Symbol.Items items && items.kind() == Symbol.Items.Kind.TUPLE
                ? items.values()
                : List.of(values);
        StringBuilder text = new StringBuilder();
        Matcher matcher = PERCENT.matcher(format);
        int next = 0;
        int from = 0;
        while (matcher.find()) {
            text.append(format, from, matcher.start());
            from = matcher.end();
            if (matcher.group(3).equals("%")) {
                text.append('%');
                continue;
            }
            Symbol value = matcher.group(1) != null
                    ? Containers.at(values, new Symbol.Text(matcher.group(1)))
                    : next < positional.size() ? positional.get(next++) : null;
            String shown = value == null ? null : percent(value, matcher.group(2), matcher.group(3));
            if (shown == null && !holes) {
                return null;
            }
            text.append(shown == null ? String.valueOf(Symbol.Unknown.HOLE) : shown);
        }
        text.append(format, from, format.length());
        boolean understood = format.indexOf('%') < 0 || PERCENT.matcher(format).replaceAll("").indexOf('%') < 0;
        boolean used = next == positional.size() || values instanceof Symbol.Dict;
        return understood && (used || holes) ? text(text) : null;
    }

    private static @Nullable String percent(Symbol value, String width, String kind) {
        if (kind.equals("d") && !(value instanceof Symbol.Numeral)) {
            return null;
        }
        String shown = kind.equals("r") ? quoted(value) : shown(value);
        if (shown == null || width.isEmpty()) {
            return shown;
        }
        boolean zeros = width.startsWith("0") && kind.equals("d");
        return padded(shown, ">", zeros ? '0' : ' ', Integer.parseInt(width));
    }

    private static @Nullable Symbol text(StringBuilder text) {
        return text.length() > SymbolOperators.LONGEST_TEXT ? null : new Symbol.Text(text.toString());
    }

    static @Nullable Symbol braces(String format, List<Symbol> positional, Map<String, Symbol> named) {
        return braces(format, positional, named, false);
    }

    /** @param holes whether what cannot be known leaves a hole */
    static @Nullable Symbol braces(
            String format, List<Symbol> positional, Map<String, Symbol> named, boolean holes) {
        StringBuilder text = new StringBuilder();
        Matcher matcher = BRACES.matcher(format);
        int next = 0;
        int from = 0;
        while (matcher.find()) {
            text.append(format, from, matcher.start());
            from = matcher.end();
            String name = matcher.group(1);
            if (name == null) {
                text.append(format.charAt(matcher.start()));
                continue;
            }
            Symbol value;
            if (name.isEmpty() || name.chars().allMatch(c -> c >= '0' && c <= '9')) {
                int index = name.isEmpty() ? next++ : name.length() > 4 ? Integer.MAX_VALUE : Integer.parseInt(name);
                value = index < positional.size() ? positional.get(index) : null;
            } else {
                value = named.get(name);
            }
            char conversion = matcher.group(2) == null ? 's' : matcher.group(2).charAt(0);
            String shown = value == null
                    ? null
                    : field(value, conversion, matcher.group(3) == null ? "" : matcher.group(3));
            if (shown == null && !holes) {
                return null;
            }
            text.append(shown == null ? String.valueOf(Symbol.Unknown.HOLE) : shown);
        }
        text.append(format, from, format.length());
        String rest = BRACES.matcher(format).replaceAll("");
        return rest.indexOf('{') < 0 && rest.indexOf('}') < 0 ? text(text) : null;
    }

    /** What a replacement field shows. */
    static @Nullable String field(Symbol value, char conversion, String specification) {
        String shown = conversion == 's' ? shown(value) : quoted(value);
        if (shown == null || specification.isEmpty()) {
            return shown;
        }
        Matcher matcher = SPECIFICATION.matcher(specification);
        if (!matcher.matches()) {
            return null;
        }
        boolean number = value instanceof Symbol.Numeral && conversion == 's';
        String align = matcher.group(1).isEmpty() ? (number ? ">" : "<") : matcher.group(1);
        boolean contradicts = (matcher.group(4).equals("d") && !number) || (matcher.group(4).equals("s") && number)
                || (!matcher.group(2).isEmpty() && !number);
        int width = matcher.group(3).isEmpty() ? 0 : Integer.parseInt(matcher.group(3));
        return contradicts ? null : padded(shown, align, matcher.group(2).isEmpty() ? ' ' : '0', width);
    }

    private static String padded(String text, String align, char filler, int width) {
        int missing = Math.max(0, width - text.codePointCount(0, text.length()));
        String padding = String.valueOf(filler);
        if (filler == '0' && text.startsWith("-")) {
            return "-" + padding.repeat(missing) + text.substring(1);
        }
        return switch (align) {
            case ">" -> padding.repeat(missing) + text;
            case "^" -> padding.repeat(missing / 2) + text + padding.repeat(missing - missing / 2);
            default -> text + padding.repeat(missing);
        };
    }
}
