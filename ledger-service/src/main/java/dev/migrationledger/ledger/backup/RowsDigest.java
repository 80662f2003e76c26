package dev.migrationledger.ledger.backup;

import dev.migrationledger.contracts.text.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.MessageDigest;

/**
 * Passes lines on, and adds up the SHA-256 of each: the same for the same rows in any order. PostgreSQL stores rows wherever there is room, so a copy of a
 * table has another order.
 */
final class RowsDigest extends FilterOutputStream {

    private static final int BITS = 256;

    private final MessageDigest line = Sha256.digest();
    private BigInteger sum = BigInteger.ZERO;

    RowsDigest(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[]{(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int start = from;
        for (int i = from; i < from + count; i++) {
            if (bytes[i] == '\n') {
                line.update(bytes, start, i - start);
                sum = sum.add(new BigInteger(1, line.digest()));
                start = i + 1;
            }
        }
        line.update(bytes, start, from + count - start);
        out.write(bytes, from, count);
    }

    /** The sum modulo 2²⁵⁶, in lower-case hexadecimal. */
    String hex() {
        return "%064x".formatted(sum.mod(BigInteger.TWO.pow(BITS)));
    }
}
