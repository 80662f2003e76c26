package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import dev.migrationledger.agent.python.syntax.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Methods of {@code str}. Absent results are not to be known. */
final class TextMethods {

    private TextMethods() {}

    static @Nullable Symbol call(String text, String method, Arguments arguments) {
        String first = arguments.text(0);
        String second = arguments.text(1);
        int count = arguments.size();
        return switch (method) {
            case "format" -> arguments.complete()
                    ? Formats.braces(text, arguments.positional(), arguments.named())
                    : null;
            case "join" -> count == 1 ? join(text, arguments.at(0)) : null;
            case "decode", "encode" -> new Symbol.Text(text);
            case "upper" -> new Symbol.Text(text.toUpperCase(Locale.ROOT));
            case "lower", "casefold" -> new Symbol.Text(text.toLowerCase(Locale.ROOT));
            case "capitalize" -> new Symbol.Text(capitalized(text));
            case "strip" -> stripped(text, first, count, true, true);
            case "lstrip" -> stripped(text, first, count, true, false);
            case "rstrip" -> stripped(text, first, count, false, true);
            case "split" -> split(text, first, count);
            case "splitlines" -> count == 0 ? list(text.lines().toList()) : null;
            case "replace" -> first == null || second == null || first.isEmpty() || count != 2
                    ? null
                    : limited(text.replace(first, second));
            case "removeprefix" -> first == null
                    ? null
                    : new Symbol.Text(text.startsWith(first) ? text.substring(first.length()) : text);
            case "removesuffix" -> first == null
                    ? null
                    : new Symbol.Text(
                            text.endsWith(first) ? text.substring(0, text.length() - first.length()) : text);
            case "startswith" -> first == null || count != 1 ? null : new Symbol.Truth(text.startsWith(first));
            case "endswith" -> first == null || count != 1 ? null : new Symbol.Truth(text.endsWith(first));
            case "isdigit" -> new Symbol.Truth(!text.isEmpty() && text.chars().allMatch(Character::isDigit));
            case "zfill" -> arguments.at(0) instanceof Symbol.Numeral width && width.whole() != null
                    && width.whole() < 1_000
                            ? new Symbol.Text("0".repeat((int) Math.max(0, width.whole() - text.length())) + text)
                            : null;
            default -> null;
        };
    }

    private static @Nullable Symbol limited(String text) {
        return text.length() > SymbolOperators.LONGEST_TEXT ? null : new Symbol.Text(text);
    }

    private static String capitalized(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Symbol join(String separator, @Nullable Symbol joined) {
        List<Symbol> elements = joined == null ? null : Containers.elements(joined);
        if (elements == null) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        SourceRange readAt = null;
        for (int i = 0; i < elements.size(); i++) {
            if (!(elements.get(i) instanceof Symbol.Text(String text, SourceRange place))
                    || all.length() + text.length() > SymbolOperators.LONGEST_TEXT) {
                return null;
            }
            all.append(i == 0 ? "" : separator).append(text);
            readAt = readAt == null ? place : readAt;
        }
        return new Symbol.Text(all.toString(), readAt);
    }

    private static @Nullable Symbol stripped(
            String text, @Nullable String characters, int arguments, boolean left, boolean right) {
        if (characters == null && arguments > 0) {
            return null;
        }
        int from = 0;
        int to = text.length();
        while (left && from < to && strips(text.charAt(from), characters)) {
            from++;
        }
        while (right && to > from && strips(text.charAt(to - 1), characters)) {
            to--;
        }
        return new Symbol.Text(text.substring(from, to));
    }

    private static boolean strips(char c, @Nullable String characters) {
        return characters == null ? Character.isWhitespace(c) || c == '\u00a0' : characters.indexOf(c) >= 0;
    }

    private static @Nullable Symbol split(String text, @Nullable String separator, int arguments) {
        if (arguments > 1 || (arguments == 1 && (separator == null || separator.isEmpty()))) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        if (separator == null) {
            for (String part : text.strip().split("\\s+", -1)) {
                if (!part.isEmpty()) {
                    parts.add(part);
                }
            }
        } else {
            int from = 0;
            for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
                parts.add(text.substring(from, at));
                from = at + separator.length();
            }
            parts.add(text.substring(from));
        }
        return parts.size() > SymbolOperators.LONGEST_ITEMS ? null : list(parts);
    }

    private static Symbol list(List<String> texts) {
        return new Items(Items.Kind.LIST, texts.stream().<Symbol>map(Symbol.Text::new).toList());
    }

    /** {@code textwrap.dedent}: without the space that all lines begin with. */
    static String dedented(String text) {
        String[] lines = text.split("\n", -1);
        String margin = null;
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                lines[i] = "";
                continue;
            }
            String indent = lines[i].substring(0, lines[i].length() - lines[i].stripLeading().length());
            margin = margin == null ? indent : common(margin, indent);
        }
        int strip = margin == null ? 0 : margin.length();
        for (int i = 0; i < lines.length; i++) {
            lines[i] = lines[i].isEmpty() ? "" : lines[i].substring(strip);
        }
        return String.join("\n", lines);
    }

    private static String common(String left, String right) {
        int i = 0;
        while (i < Math.min(left.length(), right.length()) && left.charAt(i) == right.charAt(i)) {
            i++;
        }
        return left.substring(0, i);
    }
}
