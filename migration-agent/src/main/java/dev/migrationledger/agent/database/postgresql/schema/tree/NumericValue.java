package dev.migrationledger.agent.database.postgresql.schema.tree;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** PostgreSQL's decimal numbers: digits to the base of 10,000 behind a short or a long header. */
final class NumericValue {

    private static final int SIGN_MASK = 0xc000;
    private static final int SHORT = 0x8000;
    private static final int SPECIAL = 0xc000;
    private static final int NEGATIVE = 0x4000;

    private static final BigInteger BASE = BigInteger.valueOf(10_000);

    private NumericValue() {}

    /** @param bytes without the length in front */
    static String of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int header = Short.toUnsignedInt(buffer.getShort());
        int form = header & SIGN_MASK;
        if (form == SPECIAL) {
            return (header & 0xf000) == 0xd000
                    ? "'Infinity'::numeric"
                    : (header & 0xf000) == 0xf000 ? "'-Infinity'::numeric" : "'NaN'::numeric";
        }
        boolean negative;
        int scale;
        int weight;
        if (form == SHORT) {
            negative = (header & 0x2000) != 0;
            scale = (header & 0x1f80) >> 7;
            weight = (header & 0x40) != 0 ? (header & 0x3f) - 0x40 : header & 0x3f;
        } else {
            negative = form == NEGATIVE;
            scale = header & 0x3fff;
            weight = buffer.getShort();
        }
        BigInteger digits = BigInteger.ZERO;
        int count = 0;
        while (buffer.remaining() >= 2) {
            digits = digits.multiply(BASE).add(BigInteger.valueOf(buffer.getShort()));
            count++;
        }
        BigDecimal value = new BigDecimal(digits)
                .scaleByPowerOfTen(4 * (weight - count + 1))
                .setScale(scale, RoundingMode.HALF_UP);
        return (negative ? value.negate() : value).toPlainString();
    }
}
