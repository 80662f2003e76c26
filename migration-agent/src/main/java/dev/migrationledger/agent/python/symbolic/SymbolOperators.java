package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What operators make of symbols. Absent results are not to be known. */
final class SymbolOperators {

    /** Characters. Longer ones come from doubling again and again, which must not fill the memory. */
    static final int LONGEST_TEXT = 1 << 20;

    /** Elements. */
    static final int LONGEST_ITEMS = 10_000;

    private SymbolOperators() {}

    /** Whether it stands for something that another module made. */
    static boolean isOutside(Symbol symbol) {
        return symbol instanceof Symbol.Reference || symbol instanceof Symbol.Member || symbol instanceof Symbol.Made;
    }

    /** As Python's {@code bool()} sees it. */
    static @Nullable Boolean truth(Symbol symbol) {
        return switch (symbol) {
            case Symbol.None none -> false;
            case Symbol.Text text -> !text.text().isEmpty();
            case Symbol.Truth truth -> truth.truth();
            case Symbol.Numeral numeral -> !Numerals.isZero(numeral);
            case Items items -> !items.values().isEmpty();
            case Symbol.Dict dict -> !dict.entries().isEmpty();
            case Symbol.Answered answered -> null;
            case Symbol.ProjectPath path -> true;
            case Symbol.Local local -> true;
            case Symbol.Type type -> true;
            case Symbol.Reference reference -> isTypeChecking(reference) ? false : null;
            case Symbol.Member member -> null;
            case Symbol.Made made -> null;
            case Symbol.Unknown unknown -> null;
        };
    }

    private static boolean isTypeChecking(Symbol.Reference reference) {
        return reference.dotted().endsWith(".TYPE_CHECKING");
    }

    static @Nullable Symbol binary(String operator, Symbol left, Symbol right) {
        if (left instanceof Symbol.Text start && right instanceof Symbol.Text end && operator.equals("+")) {
            return text(start, end);
        }
        if (left instanceof Symbol.ProjectPath && operator.equals("/")) {
            String path = FilePaths.joined(List.of(left, right));
            return path == null ? null : new Symbol.ProjectPath(path);
        }
        if (left instanceof Symbol.Text text && operator.equals("%")) {
            return Formats.percent(text.text(), right);
        }
        if (left instanceof Symbol.Numeral first && right instanceof Symbol.Numeral second) {
            return first.whole() == null || second.whole() == null
                    ? null
                    : Numerals.calculated(operator, first.whole(), second.whole());
        }
        if (operator.equals("*")) {
            return left instanceof Symbol.Numeral ? repeated(right, left) : repeated(left, right);
        }
        if (left instanceof Items first && right instanceof Items second) {
            return items(operator, first, second);
        }
        if (left instanceof Symbol.Dict first && right instanceof Symbol.Dict second && operator.equals("|")) {
            return Containers.with(first, second.entries());
        }
        return null;
    }

    private static @Nullable Symbol text(Symbol.Text start, Symbol.Text end) {
        return start.text().length() + end.text().length() > LONGEST_TEXT
                ? null
                : new Symbol.Text(
                        start.text().concat(end.text()), start.readAt() == null ? end.readAt() : start.readAt());
    }

    private static @Nullable Symbol repeated(Symbol what, Symbol times) {
        if (!(times instanceof Symbol.Numeral numeral) || numeral.whole() == null || numeral.whole() > LONGEST_ITEMS) {
            return null;
        }
        int count = (int) Math.max(0, numeral.whole());
        if (what instanceof Symbol.Text text) {
            return (long) text.text().length() * count > LONGEST_TEXT
                    ? null
                    : new Symbol.Text(text.text().repeat(count));
        }
        if (what instanceof Items items && (long) items.values().size() * count <= LONGEST_ITEMS) {
            List<Symbol> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.addAll(items.values());
            }
            return new Items(items.kind(), values);
        }
        return null;
    }

    private static @Nullable Symbol items(String operator, Items left, Items right) {
        boolean sets = left.kind() == Items.Kind.SET && right.kind() == Items.Kind.SET;
        List<Symbol> values = new ArrayList<>(left.values());
        if (operator.equals("+") && !sets && left.kind() == right.kind()) {
            values.addAll(right.values());
            return new Items(left.kind(), values);
        }
        if (!sets) {
            return null;
        }
        return switch (operator) {
            case "|" -> {
                values.addAll(right.values());
                yield Containers.items(Items.Kind.SET, values);
            }
            case "-", "&" -> {
                boolean wanted = operator.equals("&");
                boolean known = true;
                List<Symbol> kept = new ArrayList<>();
                for (Symbol value : left.values()) {
                    Boolean inside = contains(right, value);
                    known &= inside != null;
                    if (inside != null && inside == wanted) {
                        kept.add(value);
                    }
                }
                yield known ? new Items(Items.Kind.SET, kept) : null;
            }
            default -> null;
        };
    }

    /** Whether two things are equal. */
    @SuppressWarnings("ReferenceEquality") // the same thing is equal to itself, even unknown to us
    static @Nullable Boolean equal(Symbol left, Symbol right) {
        if (left == right) {
            return !(left instanceof Symbol.Unknown) ? true : null;
        }
        if (isUnknowable(left) || isUnknowable(right)) {
            boolean same = left instanceof Symbol.Reference && left.equals(right);
            return same ? true : null;
        }
        if (left instanceof Items first && right instanceof Items second) {
            return equal(first, second);
        }
        if (left instanceof Symbol.Dict first && right instanceof Symbol.Dict second) {
            return first.entries().size() != second.entries().size() ? false : null;
        }
        if (left instanceof Symbol.Numeral first && right instanceof Symbol.Numeral second) {
            boolean known = first.whole() != null && second.whole() != null;
            return known ? (Boolean) Objects.equals(first.whole(), second.whole()) : null;
        }
        if (left instanceof Symbol.Numeral || right instanceof Symbol.Numeral) {
            boolean mixed = left instanceof Symbol.Truth || right instanceof Symbol.Truth;
            return mixed ? null : false;
        }
        return left.equals(right);
    }

    private static boolean isUnknowable(Symbol symbol) {
        return isOutside(symbol) || symbol instanceof Symbol.Unknown || symbol instanceof Symbol.Answered;
    }

    private static @Nullable Boolean equal(Items left, Items right) {
        if (left.kind() != right.kind() || left.values().size() != right.values().size()) {
            return false;
        }
        Boolean all = true;
        for (int i = 0; i < left.values().size(); i++) {
            Boolean same = left.kind() == Items.Kind.SET
                    ? contains(right, left.values().get(i))
                    : equal(left.values().get(i), right.values().get(i));
            if (Boolean.FALSE.equals(same)) {
                return false;
            }
            all = same == null ? null : all;
        }
        return all;
    }

    static @Nullable Boolean contains(Symbol container, Symbol wanted) {
        if (container instanceof Symbol.Text text) {
            return wanted instanceof Symbol.Text part ? (Boolean) text.text().contains(part.text()) : null;
        }
        List<Symbol> values = Containers.elements(container);
        if (values == null) {
            return null;
        }
        Boolean found = false;
        for (Symbol value : values) {
            Boolean same = equal(value, wanted);
            if (Boolean.TRUE.equals(same)) {
                return true;
            }
            found = same == null ? null : found;
        }
        return found;
    }

    static @Nullable Boolean compare(String operator, Symbol left, Symbol right) {
        return switch (operator) {
            case "==" -> equal(left, right);
            case "!=" -> not(equal(left, right));
            case "in" -> contains(right, left);
            case "not in" -> not(contains(right, left));
            case "is" -> same(left, right);
            case "is not" -> not(same(left, right));
            default -> ordered(operator, left, right);
        };
    }

    static @Nullable Boolean not(@Nullable Boolean truth) {
        return truth == null ? null : (Boolean) !truth;
    }

    private static @Nullable Boolean same(Symbol left, Symbol right) {
        boolean singleton = left instanceof Symbol.None || right instanceof Symbol.None
                || left instanceof Symbol.Truth || right instanceof Symbol.Truth;
        return singleton ? equal(left, right) : null;
    }

    private static @Nullable Boolean ordered(String operator, Symbol left, Symbol right) {
        Integer order = order(left, right);
        if (order == null) {
            return null;
        }
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> null;
        };
    }

    /** As a comparator has it. */
    static @Nullable Integer order(Symbol left, Symbol right) {
        if (left instanceof Symbol.Text first && right instanceof Symbol.Text second) {
            return first.text().compareTo(second.text());
        }
        if (left instanceof Symbol.ProjectPath(String first) && right instanceof Symbol.ProjectPath(String second)) {
            return first.compareTo(second);
        }
        if (left instanceof Symbol.Numeral first && right instanceof Symbol.Numeral second) {
            return first.whole() == null || second.whole() == null ? null : first.whole().compareTo(second.whole());
        }
        if (left instanceof Items first && right instanceof Items second && first.kind() == second.kind()) {
            for (int i = 0; i < Math.min(first.values().size(), second.values().size()); i++) {
                Integer order = order(first.values().get(i), second.values().get(i));
                if (order == null || order != 0) {
                    return order;
                }
            }
            return Integer.compare(first.values().size(), second.values().size());
        }
        return null;
    }
}
