package dev.migrationledger.agent.tool.alembic.mako;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits a template as Mako 1.2 does, match by match: which newline belongs to what decides each byte of the result. A match of
 * nothing moves on by one character, as it does there.
 */
final class MakoLexer {

    private static final int FLAGS = Pattern.UNIX_LINES;
    private static final int ACROSS_LINES = FLAGS | Pattern.DOTALL;

    /** The line that names an encoding is not written. */
    static final Pattern CODING = Pattern.compile("#.*coding[:=]\\s*([-\\w.]+).*\\r?\\n", FLAGS);
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{", FLAGS);
    private static final Pattern CONTROL = Pattern.compile(
            "^[\\t ]*(%(?!%)|##)[\\t ]*((?:[^\\r\\n\\\\]++|\\\\\\r?\\n|\\\\)*)(?:\\r?\\n|\\z)",
            FLAGS | Pattern.MULTILINE);
    private static final Pattern CONTROL_WORD = Pattern.compile("(end)?(\\w+)\\s*(.*)", ACROSS_LINES);
    private static final Pattern DOC = Pattern.compile("<%doc>(.*?)</%doc>", ACROSS_LINES);
    private static final Pattern TAG = Pattern.compile(
            "<%([\\w.:]+)((?:\\s+\\w+|\\s*=\\s*|\"[^\"]*?\"|'[^']*?'|\\s*,\\s*)*)\\s*(/)?>", ACROSS_LINES);
    private static final Pattern TAG_END = Pattern.compile("</%[\\t ]*([^\\t ]+?)[\\t ]*>", FLAGS);
    private static final Pattern TEXT_TAG = Pattern.compile("(.*?)</%text>", ACROSS_LINES);
    private static final Pattern CODE = Pattern.compile("<%(!)?", FLAGS);
    private static final Pattern TEXT = Pattern.compile(
            "(.*?)((?<=\\n)(?=[ \\t]*(?=%|##))|(?=\\$\\{)|(?=</?[%&])|(\\\\\\r?\\n)|\\z)", ACROSS_LINES);

    private static final Pattern COMMENT = Pattern.compile("#.*\\n", FLAGS);
    private static final Pattern STRING = Pattern.compile(
            "(\"\"\"|'''|\"|')[^\\\\]*?(\\\\.[^\\\\]*?)*\\1", ACROSS_LINES);

    private final String text;
    private final List<MakoNode> nodes = new ArrayList<>();
    private int position;

    MakoLexer(String text) {
        this.text = text;
    }

    List<MakoNode> nodes() throws MakoProblem {
        match(CODING);
        while (position < text.length()) {
            if (!expression() && !control() && match(DOC) == null && !tag() && !code()) {
                text();
            }
        }
        return nodes;
    }

    private @Nullable Matcher match(Pattern pattern) {
        if (position > text.length()) {
            return null;
        }
        Matcher matcher = pattern.matcher(text).region(position, text.length())
                .useTransparentBounds(true).useAnchoringBounds(false);
        if (!matcher.lookingAt()) {
            return null;
        }
        position = matcher.end() == matcher.start() ? matcher.end() + 1 : matcher.end();
        return matcher;
    }

    private int line() {
        return 1 + (int) text.substring(0, Math.min(position, text.length())).chars().filter(c -> c == '\n').count();
    }

    private boolean expression() throws MakoProblem {
        int line = line();
        if (match(EXPRESSION) == null) {
            return false;
        }
        Until source = until(true, "\\||\\}", line);
        String filters = source.end().equals("|") ? until(true, "\\}", line).text() : "";
        nodes.add(new MakoNode.Output(source.text().replace("\r\n", "\n"), filters.strip(), line));
        return true;
    }

    private boolean control() throws MakoProblem {
        int line = line();
        Matcher control = match(CONTROL);
        if (control == null) {
            return false;
        }
        if (control.group(1).equals("%")) {
            Matcher word = CONTROL_WORD.matcher(control.group(2));
            if (!word.matches()) {
                throw MakoProblem.uses(line, "% " + control.group(2));
            }
            nodes.add(new MakoNode.Control(word.group(2), word.group(1) != null, control.group(2), line));
        }
        return true;
    }

    /** Of the tags only {@code <%text>} is known here: no other makes sense in a template of one file. */
    private boolean tag() throws MakoProblem {
        int line = line();
        Matcher tag = match(TAG);
        if (tag == null) {
            Matcher end = match(TAG_END);
            if (end != null) {
                throw MakoProblem.uses(line, end.group());
            }
            return false;
        }
        if (!tag.group(1).equals("text") || tag.group(3) != null || !tag.group(2).isBlank()) {
            throw MakoProblem.uses(line, "<%" + tag.group(1) + ">");
        }
        int from = line();
        Matcher inner = match(TEXT_TAG);
        if (inner == null) {
            throw new MakoProblem(line, "opens a tag and never closes it");
        }
        nodes.add(new MakoNode.Literal(inner.group(1), from));
        return true;
    }

    private boolean code() throws MakoProblem {
        int line = line();
        Matcher code = match(CODE);
        if (code == null) {
            return false;
        }
        nodes.add(new MakoNode.Code(Margin.removed(until(false, "%>", line).text()), code.group(1) != null, line));
        return true;
    }

    private void text() throws MakoProblem {
        int line = line();
        int from = position;
        Matcher literal = match(TEXT);
        if (literal == null) {
            throw MakoProblem.uses(line, text.substring(from).lines().findFirst().orElse(""));
        }
        if (literal.end() == from && from < text.length() && text.charAt(from) != '%') {
            // Mako drops the character that it moves on by, and its later versions do not.
            throw MakoProblem.uses(line, text.substring(from).lines().findFirst().orElse(""));
        }
        if (!literal.group(1).isEmpty()) {
            nodes.add(new MakoNode.Literal(literal.group(1), line));
        }
    }

    private record Until(String text, String end) {}

    /**
     * Python up to one of these ends.
     *
     * @param nested whether an end within brackets is none
     */
    private Until until(boolean nested, String ends, int line) throws MakoProblem {
        Pattern end = Pattern.compile("(" + ends + ")", FLAGS);
        Pattern before = Pattern.compile("(.*?)(?=\"|'|#|" + ends + ")", ACROSS_LINES);
        int start = position;
        int[] open = new int[3];
        while (true) {
            if (match(COMMENT) != null || match(STRING) != null) {
                continue;
            }
            Matcher found = match(end);
            if (found != null && !(nested && (open[0] > 0 || open[1] > 0 || open[2] > 0))) {
                return new Until(text.substring(start, position - found.group(1).length()), found.group(1));
            }
            Matcher counted = found == null ? match(before) : found;
            if (counted == null) {
                throw new MakoProblem(line, "opens an expression or a block and never closes it");
            }
            String passed = counted.group(1);
            for (int i = 0; i < open.length; i++) {
                char opening = "{([".charAt(i);
                char closing = "})]".charAt(i);
                open[i] += (int) (passed.chars().filter(c -> c == opening).count()
                        - passed.chars().filter(c -> c == closing).count());
            }
        }
    }
}
