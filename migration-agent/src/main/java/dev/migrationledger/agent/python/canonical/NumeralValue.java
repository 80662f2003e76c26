package dev.migrationledger.agent.python.canonical;

import java.math.BigInteger;
import java.util.Locale;

/** The value that a number stands for, with its kind. */
final class NumeralValue {

    /** Python itself refuses longer decimal ones; working them out would take long. */
    private static final int LONGEST = 4_300;

    private NumeralValue() {}

    /** {@code int 16}, {@code float 1.5}, {@code imaginary 2.0}. */
    static String of(String source) {
        String written = source.replace("_", "").toLowerCase(Locale.ROOT);
        if (written.length() > LONGEST) {
            return "number " + written;
        }
        if (written.startsWith("0x")) {
            return integer(written.substring(2), 16);
        }
        if (written.startsWith("0o")) {
            return integer(written.substring(2), 8);
        }
        if (written.startsWith("0b")) {
            return integer(written.substring(2), 2);
        }
        if (written.endsWith("j")) {
            return "imaginary " + Double.parseDouble(written.substring(0, written.length() - 1));
        }
        return written.contains(".") || written.contains("e")
                ? "float " + Double.parseDouble(written)
                : integer(written, 10);
    }

    private static String integer(String digits, int radix) {
        return "int " + new BigInteger(digits, radix);
    }
}
