package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Sequence;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Truth;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Whole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Methods of {@code str}. Absent results are not known, or Python fails. */
final class TextFunctions {

    private static final Pattern FIELD = Pattern.compile("\\{\\{|}}|\\{(\\w*)(?:!([rs]))?}");
    private static final Pattern LINE_END = Pattern.compile("\\r\\n|[\\n\\r\\x0b\\f\\x1c-\\x1e\\x85\\u2028\\u2029]");

    private TextFunctions() {}

    static @Nullable TemplateValue call(String text, String method, CallArguments arguments) {
        if (method.equals("format")) {
            return text(formatted(text, arguments));
        }
        if (!arguments.named().isEmpty()) {
            return null;
        }
        int count = arguments.positional().size();
        String first = arguments.text(0);
        return switch (method) {
            case "upper" -> count == 0 ? text(text.toUpperCase(Locale.ROOT)) : null;
            case "lower" -> count == 0 ? text(PythonText.lower(text)) : null;
            case "capitalize" -> count == 0 ? capitalized(text) : null;
            case "title" -> count == 0 ? title(text) : null;
            case "strip" -> stripped(text, arguments, true, true);
            case "lstrip" -> stripped(text, arguments, true, false);
            case "rstrip" -> stripped(text, arguments, false, true);
            case "split" -> split(text, arguments);
            case "rsplit" -> first != null && Long.valueOf(1).equals(arguments.whole(1)) && count == 2
                    ? splitAtLast(text, first)
                    : null;
            case "splitlines" -> count == 0 ? lines(text) : null;
            case "replace" -> replaced(text, arguments);
            case "startswith" -> count == 1 ? any(arguments, text, String::startsWith) : null;
            case "endswith" -> count == 1 ? any(arguments, text, String::endsWith) : null;
            case "removeprefix" -> first == null || count != 1
                    ? null
                    : text(text.startsWith(first) ? text.substring(first.length()) : text);
            case "removesuffix" -> first == null || count != 1
                    ? null
                    : text(text.endsWith(first) ? text.substring(0, text.length() - first.length()) : text);
            case "join" -> count == 1 ? joined(text, arguments.elements(0)) : null;
            case "zfill" -> zeros(text, arguments.whole(0));
            default -> null;
        };
    }

    private static @Nullable TemplateValue text(@Nullable String text) {
        return text == null ? null : new Text(text);
    }

    private static TemplateValue list(List<String> texts) {
        return new Sequence(false, texts.stream().<TemplateValue>map(Text::new).toList());
    }

    /** Where each letter is one of ASCII: others have a form for the beginning of a word that Java does not know. */
    private static @Nullable TemplateValue capitalized(String text) {
        return isAscii(text) && !text.isEmpty()
                ? text(text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1).toLowerCase(Locale.ROOT))
                : null;
    }

    private static @Nullable TemplateValue title(String text) {
        if (!isAscii(text)) {
            return null;
        }
        StringBuilder title = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            title.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetter(c);
        }
        return text(title.toString());
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static @Nullable TemplateValue stripped(String text, CallArguments arguments, boolean left, boolean right) {
        String taken = arguments.text(0);
        if (arguments.positional().size() > 1 || (taken == null && !arguments.positional().isEmpty())
                || (taken != null && !isAscii(taken))) {
            return null;
        }
        int from = 0;
        int to = text.length();
        while (left && from < to && isTaken(text.charAt(from), taken)) {
            from++;
        }
        while (right && to > from && isTaken(text.charAt(to - 1), taken)) {
            to--;
        }
        return text(text.substring(from, to));
    }

    private static boolean isTaken(char c, @Nullable String taken) {
        return taken == null ? PythonText.isSpace(c) : taken.indexOf(c) >= 0;
    }

    private static @Nullable TemplateValue split(String text, CallArguments arguments) {
        String separator = arguments.text(0);
        int count = arguments.positional().size();
        if (count == 0) {
            List<String> words = new ArrayList<>();
            int from = 0;
            for (int i = 0; i <= text.length(); i++) {
                if (i == text.length() || PythonText.isSpace(text.charAt(i))) {
                    if (i > from) {
                        words.add(text.substring(from, i));
                    }
                    from = i + 1;
                }
            }
            return list(words);
        }
        Long most = count == 2 ? arguments.whole(1) : Long.valueOf(Integer.MAX_VALUE);
        if (separator == null || separator.isEmpty() || count > 2 || most == null) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0 && (most < 0 || parts.size() < most); at = text.indexOf(
                separator, from)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
        }
        parts.add(text.substring(from));
        return list(parts);
    }

    private static @Nullable TemplateValue splitAtLast(String text, String separator) {
        int at = separator.isEmpty() ? -2 : text.lastIndexOf(separator);
        return at == -2
                ? null
                : list(at < 0
                        ? List.of(text)
                        : List.of(text.substring(0, at), text.substring(at + separator.length())));
    }

    private static TemplateValue lines(String text) {
        List<String> lines = new ArrayList<>(List.of(LINE_END.split(text, -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return list(lines);
    }

    private static @Nullable TemplateValue replaced(String text, CallArguments arguments) {
        String what = arguments.text(0);
        String by = arguments.text(1);
        boolean known = arguments.positional().size() == 2 && what != null && by != null && !what.isEmpty();
        if (!known || what == null || by == null) {
            return null;
        }
        long longest = text.length() + (long) text.length() / what.length() * by.length();
        return longest > PythonText.LONGEST ? null : text(text.replace(what, by));
    }

    private static @Nullable TemplateValue any(
            CallArguments arguments, String text, BiPredicate<String, String> test) {
        List<TemplateValue> all = arguments.text(0) != null
                ? arguments.positional()
                : arguments.at(0) instanceof Sequence(boolean tuple, List<TemplateValue> values) && tuple
                        ? values
                        : null;
        if (all == null || !all.stream().allMatch(Text.class::isInstance)) {
            return null;
        }
        return new Truth(all.stream().anyMatch(one -> one instanceof Text(String part) && test.test(text, part)));
    }

    static @Nullable TemplateValue joined(String separator, @Nullable List<TemplateValue> elements) {
        if (elements == null || !elements.stream().allMatch(Text.class::isInstance)) {
            return null;
        }
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < elements.size(); i++) {
            all.append(i == 0 ? "" : separator).append(PythonText.shown(elements.get(i)));
            if (all.length() > PythonText.LONGEST) {
                return null;
            }
        }
        return text(all.toString());
    }

    private static @Nullable TemplateValue zeros(String text, @Nullable Long width) {
        return width == null || width > 1_000 || text.startsWith("-") || text.startsWith("+")
                ? null
                : text(String.join("", Collections.nCopies((int) Math.max(
                        0, width - text.codePointCount(0, text.length())), "0")) + text);
    }

    private static @Nullable String formatted(String format, CallArguments arguments) {
        StringBuilder text = new StringBuilder();
        Matcher field = FIELD.matcher(format);
        int from = 0;
        int next = 0;
        while (field.find()) {
            text.append(format, from, field.start());
            from = field.end();
            String name = field.group(1);
            if (name == null) {
                text.append(format.charAt(field.start()));
                continue;
            }
            boolean number = name.length() < 4 && name.chars().allMatch(c -> c >= '0' && c <= '9');
            TemplateValue value = number
                    ? arguments.at(name.isEmpty() ? next++ : Integer.parseInt(name))
                    : arguments.named().get(name);
            String part = value == null
                    ? null
                    : "r".equals(field.group(2)) ? PythonText.quoted(value) : PythonText.shown(value);
            if (part == null || text.length() + part.length() > PythonText.LONGEST) {
                return null;
            }
            text.append(part);
        }
        String rest = FIELD.matcher(format).replaceAll("");
        return rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0
                ? null
                : text.append(format, from, format.length()).toString();
    }

    /** {@code text[i]}; a negative index counts from the end. */
    static @Nullable TemplateValue at(String text, long index) {
        int length = text.codePointCount(0, text.length());
        long at = index < 0 ? index + length : index;
        return at < 0 || at >= length ? null : slice(text, at, at + 1);
    }

    /** {@code text[from:to]} of bounds that are within it. */
    static TemplateValue slice(String text, long from, long to) {
        return from >= to
                ? new Text("")
                : new Text(
                        text.substring(text.offsetByCodePoints(0, (int) from), text.offsetByCodePoints(0, (int) to)));
    }

    static Whole length(String text) {
        return new Whole(text.codePointCount(0, text.length()));
    }
}
