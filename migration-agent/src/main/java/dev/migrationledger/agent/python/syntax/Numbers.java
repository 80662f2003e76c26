package dev.migrationledger.agent.python.syntax;

/** The form of numbers. */
final class Numbers {

    private Numbers() {}

    /** Past the number that begins at a position. */
    static int end(String source, int at) {
        char marker = source.charAt(at) == '0' && at + 1 < source.length()
                ? (char) (source.charAt(at + 1) | 0x20)
                : '\0';
        int radix = marker == 'x' ? 16 : marker == 'o' ? 8 : marker == 'b' ? 2 : 10;
        if (radix != 10) {
            return digits(source, at + 2, radix);
        }
        int end = digits(source, at, 10);
        if (end < source.length() && source.charAt(end) == '.') {
            end = digits(source, end + 1, 10);
        }
        if (end < source.length() && (source.charAt(end) | 0x20) == 'e') {
            int sign = end + 1;
            if (sign < source.length() && (source.charAt(sign) == '+' || source.charAt(sign) == '-')) {
                sign++;
            }
            int exponent = digits(source, sign, 10);
            end = exponent > sign ? exponent : end;
        }
        boolean imaginary = end < source.length() && (source.charAt(end) | 0x20) == 'j';
        return imaginary ? end + 1 : end;
    }

    private static int digits(String source, int from, int radix) {
        int i = from;
        while (i < source.length()
                && (source.charAt(i) == '_'
                        || (source.charAt(i) < 0x80 && Character.digit(source.charAt(i), radix) >= 0))) {
            i++;
        }
        return i;
    }
}
