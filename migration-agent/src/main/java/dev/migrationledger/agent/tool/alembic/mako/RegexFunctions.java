package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Sequence;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions of Python's module {@code re}, where Java's expressions mean the same. Absent results are not known. */
final class RegexFunctions {

    /** No groups, no backward references, no sets within sets, nothing that only one of both languages has. */
    private static final Pattern SAME = Pattern.compile(
            "(?:[A-Za-z0-9_ ,;:/.|+*?^$'\"=<>#-]|\\\\[wWsSdD.,+*?|\\-]|\\[[^\\[\\]&]*])*");

    private static final int LONGEST = 1_000;

    /** Each multiplies the time by the length of the text. */
    private static final int MOST_REPETITIONS = 2;

    private RegexFunctions() {}

    static @Nullable TemplateValue call(String function, CallArguments arguments) {
        String expression = arguments.text(0);
        String last = arguments.text(arguments.positional().size() - 1);
        if (expression == null || last == null || !arguments.named().isEmpty() || !SAME.matcher(expression).matches()
                || last.length() > LONGEST
                || expression.chars().filter(c -> c == '*' || c == '+').count() > MOST_REPETITIONS
                || !last.chars().allMatch(c -> c < 0x80 && (c >= ' ' || c == '\n' || c == '\t' || c == '\r'))) {
            return null;
        }
        Pattern pattern = Pattern.compile(expression, Pattern.UNIX_LINES);
        int count = arguments.positional().size();
        String by = arguments.text(1);
        List<String> parts = new ArrayList<>();
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(last);
        int from = 0;
        while (matcher.find()) {
            if (matcher.end() == matcher.start()) {
                return null;
            }
            parts.add(last.substring(from, matcher.start()));
            found.add(matcher.group());
            from = matcher.end();
        }
        parts.add(last.substring(from));
        return switch (function) {
            case "split" -> count == 2 ? list(parts) : null;
            case "findall" -> count == 2 ? list(found) : null;
            case "sub" -> count == 3 && by != null && by.indexOf('\\') < 0 && by.length() <= LONGEST / 10
                    ? new Text(String.join(by, parts))
                    : null;
            default -> null;
        };
    }

    private static TemplateValue list(List<String> texts) {
        return new Sequence(false, texts.stream().<TemplateValue>map(Text::new).toList());
    }
}
