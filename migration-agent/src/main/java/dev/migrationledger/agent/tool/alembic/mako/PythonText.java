package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Mapping;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Moment;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Nothing;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Sequence;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Truth;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Whole;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How Python writes values. Absent results are not known, or Python fails. */
public final class PythonText {

    /** Characters of a text. Longer ones come from doubling again and again, which must not fill the memory. */
    static final int LONGEST = 1 << 18;

    private PythonText() {}

    /** As {@code str()} has it. */
    static @Nullable String shown(TemplateValue value) {
        return switch (value) {
            case Text(String text) -> text;
            case Moment moment -> Moments.shown(moment);
            case Whole _,Truth _,Nothing _,Sequence _,Mapping _ -> quoted(value);
            case TemplateValue.Named _,TemplateValue.Defined _,TemplateValue.Foreign _ -> null;
        };
    }

    /** As {@code repr()} has it. */
    static @Nullable String quoted(TemplateValue value) {
        return switch (value) {
            case Text(String text) -> quoted(text);
            case Whole(long whole) -> Long.toString(whole);
            case Truth(boolean truth) -> truth ? "True" : "False";
            case Nothing nothing -> nothing == Nothing.NONE ? "None" : null;
            case Sequence(boolean tuple, List<TemplateValue> values) -> {
                StringBuilder inner = new StringBuilder();
                for (TemplateValue element : values) {
                    String one = quoted(element);
                    if (one == null || inner.length() + one.length() > LONGEST) {
                        yield null;
                    }
                    inner.append(inner.isEmpty() ? "" : ", ").append(one);
                }
                inner.append(tuple && values.size() == 1 ? "," : "");
                yield tuple ? "(" + inner + ")" : "[" + inner + "]";
            }
            case Mapping mapping -> {
                StringBuilder inner = new StringBuilder();
                for (Map.Entry<TemplateValue, TemplateValue> entry : mapping.entries().entrySet()) {
                    String key = quoted(entry.getKey());
                    String one = quoted(entry.getValue());
                    if (key == null || one == null || inner.length() + key.length() + one.length() > LONGEST) {
                        yield null;
                    }
                    inner.append(inner.isEmpty() ? "" : ", ").append(key).append(": ").append(one);
                }
                yield "{" + inner + "}";
            }
            case Moment _,TemplateValue.Named _,TemplateValue.Defined _,TemplateValue.Foreign _ -> null;
        };
    }

    /** A text as {@code repr()} has it. */
    public static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\\' -> quoted.append("\\\\");
                default -> {
                    if (c == quote) {
                        quoted.append('\\').append(quote);
                    } else if (isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(c < 0x100
                                ? "\\x%02x".formatted(c)
                                : c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c));
                    }
                }
            }
        });
        return quoted.append(quote).toString();
    }

    private static boolean isPrintable(int c) {
        return c == ' ' || switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.UNASSIGNED, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                false;
            default -> true;
        };
    }

    /** Whether {@code \w} of a regular expression takes it: letters, all kinds of digits and numbers, and the underscore. */
    public static boolean isWord(int c) {
        return c == '_' || Character.isLetter(c) || switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    /** {@code str.lower()}. Java ends words elsewhere, and so takes another sigma for the last letter of one. */
    public static String lower(String text) {
        int[] all = text.codePoints().toArray();
        StringBuilder lower = new StringBuilder();
        for (int i = 0; i < all.length; i++) {
            if (all[i] == 'Σ') {
                lower.append(isCased(all, i, -1) && !isCased(all, i, 1) ? 'ς' : 'σ');
            } else {
                lower.append(Character.toString(all[i]).toLowerCase(Locale.ROOT));
            }
        }
        return lower.toString();
    }

    /** Whether the next character in a direction that counts at all is one of a case. */
    private static boolean isCased(int[] all, int from, int step) {
        int at = from + step;
        while (at >= 0 && at < all.length && isIgnored(all[at])) {
            at += step;
        }
        return at >= 0 && at < all.length && (Character.isUpperCase(all[at]) || Character.isLowerCase(all[at])
                || Character.isTitleCase(all[at]));
    }

    private static boolean isIgnored(int c) {
        return "'.:·\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a\u0387\u055f\u05f4".indexOf(c) >= 0
                || switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT,
                            Character.MODIFIER_LETTER, Character.MODIFIER_SYMBOL ->
                        true;
                    default -> false;
                };
    }

    /** What {@code str.strip()} takes away. */
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || c == 0x85 || c == 0xa0 || c == 0x2007 || c == 0x202f;
    }

    /** As Python takes it in a condition; absent where that is not known. */
    static @Nullable Boolean truth(TemplateValue value) {
        return switch (value) {
            case Text(String text) -> !text.isEmpty();
            case Whole(long whole) -> whole != 0;
            case Truth(boolean truth) -> truth;
            case Nothing _ -> false;
            case Sequence sequence -> !sequence.values().isEmpty();
            case Mapping mapping -> !mapping.entries().isEmpty();
            case Moment _,TemplateValue.Defined _,TemplateValue.Named _ -> true;
            case TemplateValue.Foreign _ -> null;
        };
    }

    /** Whether two values are equal; absent where that is not known. */
    static @Nullable Boolean equal(TemplateValue left, TemplateValue right) {
        boolean numbers = (left instanceof Truth && right instanceof Whole)
                || (left instanceof Whole && right instanceof Truth);
        boolean known = isPlain(left) && isPlain(right) && !numbers;
        return known ? (Boolean) left.equals(right) : null;
    }

    private static boolean isPlain(TemplateValue value) {
        return switch (value) {
            case Text _,Whole _,Truth _,Nothing _ -> true;
            case Sequence sequence -> sequence.values().stream().allMatch(Text.class::isInstance);
            case Mapping _,Moment _,TemplateValue.Defined _,TemplateValue.Named _,TemplateValue.Foreign _ -> false;
        };
    }
}
