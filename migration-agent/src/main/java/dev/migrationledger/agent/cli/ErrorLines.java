package dev.migrationledger.agent.cli;

import dev.migrationledger.contracts.text.PlainText;
import dev.migrationledger.contracts.text.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * What this process says and logs on standard error, line by line: without secrets and without what steers a terminal, whoever wrote it. A
 * driver, a ledger or a picocli message passes here as everything else does.
 */
public final class ErrorLines extends OutputStream {

    /** Bytes. A longer line is passed on in parts. */
    private static final int LONGEST = 1 << 16;

    private final PrintStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public ErrorLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            pass();
            out.write('\n');
            out.flush();
        } else {
            line.write(b);
            if (line.size() >= LONGEST) {
                pass();
            }
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }

    /** Passes on what no line end follows. */
    @Override
    public synchronized void close() {
        pass();
        out.flush();
    }

    private void pass() {
        String text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        byte[] shown = shown(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text)
                .getBytes(StandardCharsets.UTF_8);
        out.write(shown, 0, shown.length);
    }

    /** What this program says of itself, on standard error. */
    public static void print(PrintWriter err, String words) {
        err.println("migration-agent: " + shown(words));
        err.flush();
    }

    /** A line as it may be shown. */
    public static String shown(String line) {
        // A tab does no harm, and lines of tables have some.
        return PlainText.of(Redaction.of(line).replace("\t", "    "));
    }
}
