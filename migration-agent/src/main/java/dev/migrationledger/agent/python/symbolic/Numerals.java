package dev.migrationledger.agent.python.symbolic;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Python's whole numbers, as far as a {@code long} holds them. */
final class Numerals {

    private Numerals() {}

    static Symbol.Numeral of(long whole) {
        return new Symbol.Numeral(Long.toString(whole), whole);
    }

    /** A number as it is written. */
    static Symbol.Numeral written(String source) {
        String digits = source.replace("_", "").toLowerCase(Locale.ROOT);
        int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
        try {
            return new Symbol.Numeral(source, Long.parseLong(radix == 10 ? digits : digits.substring(2), radix));
        } catch (NumberFormatException fractionOrTooLarge) {
            return new Symbol.Numeral(source, null);
        }
    }

    static boolean isZero(Symbol.Numeral numeral) {
        return numeral.whole() != null
                ? numeral.whole() == 0
                : numeral.source().chars().noneMatch(c -> c >= '1' && c <= '9');
    }

    /** A result; absent where it is no whole number or is too large. */
    static Symbol.@Nullable Numeral calculated(String operator, long left, long right) {
        try {
            return switch (operator) {
                case "+" -> of(Math.addExact(left, right));
                case "-" -> of(Math.subtractExact(left, right));
                case "*" -> of(Math.multiplyExact(left, right));
                case "//" -> right == 0 ? null : of(Math.floorDiv(left, right));
                case "%" -> right == 0 ? null : of(Math.floorMod(left, right));
                default -> null;
            };
        } catch (ArithmeticException tooLarge) {
            return null;
        }
    }
}
