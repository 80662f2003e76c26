package dev.migrationledger.ledger.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RowsDigestTest {

    private static String of(String text, int piece) throws IOException {
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        try (RowsDigest digest = new RowsDigest(passed)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i += piece) {
                digest.write(bytes, i, Math.min(piece, bytes.length - i));
            }
            assertThat(passed.toString(StandardCharsets.UTF_8)).isEqualTo(text);
            return digest.hex();
        }
    }

    @Test
    void rows_count_in_any_order_and_in_any_pieces() throws IOException {
        assertThat(of("a\tb\nc\td\n", 100)).isEqualTo(of("c\td\na\tb\n", 3)).isEqualTo(of("a\tb\nc\td\n", 1));
        assertThat(of("", 1)).isEqualTo("0".repeat(64));
    }

    @Test
    void another_row_one_less_and_one_twice_are_noticed() throws IOException {
        String known = of("a\nb\n", 100);
        assertThat(known).isNotEqualTo(of("a\nc\n", 100)).isNotEqualTo(of("a\n", 100))
                .isNotEqualTo(of("a\nb\nb\n", 100)).isNotEqualTo(of("ab\n\n", 100));
    }
}
