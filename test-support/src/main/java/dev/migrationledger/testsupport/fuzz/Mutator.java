package dev.migrationledger.testsupport.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes something valid a little, so that much of it is still read, or a lot. Everything follows from the seed. */
public final class Mutator {

    /** Pieces that end texts, numbers, lines or encodings where no one expects it. */
    private static final List<String> ODD = List.of("\0", "\n", "\r", "\t", "\"", "'", "'''", "\\", "\\u0000",
            "\\ud800",
            "\\N{DIGIT ONE}", "%", "%(here)s", "%%", "{", "}", "[", "]", "(", ")", "#", ";", "--", "/*", "*/", "$$",
            "<",
            "&amp;", "é", "😀", "\u202e", "\u2028", "\ufeff", "\u00a0", "ﬁ", "İ", "9223372036854775808", "1e999", "-1",
            "0x", "1__0", "None", "null", "true", "..", "../", "=", ":", ",", "\f");

    private final Random random;

    public Mutator(long seed) {
        random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    /** True once in so many times. */
    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    public <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Bytes with one to four changes that know nothing of what the bytes mean. */
    public byte[] bytes(byte[] from) {
        byte[] changed = from;
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            changed = changedBytes(changed);
        }
        return changed;
    }

    private byte[] changedBytes(byte[] from) {
        int at = random.nextInt(from.length + 1);
        int to = Math.min(from.length, at + 1 + random.nextInt(20));
        return switch (random.nextInt(7)) {
            case 0 -> replaced(from, at, to, new byte[0]);
            case 1 -> replaced(from, at, at, noise(1 + random.nextInt(8)));
            case 2 -> replaced(from, at, to, noise(to - at));
            case 3 -> replaced(from, at, at, Arrays.copyOfRange(from, at, to));
            case 4 -> replaced(from, at, at, any(ODD).getBytes(StandardCharsets.UTF_8));
            case 5 -> Arrays.copyOf(from, at);
            default -> {
                byte[] flipped = from.clone();
                if (at < flipped.length) {
                    flipped[at] ^= (byte) (1 << random.nextInt(8));
                }
                yield flipped;
            }
        };
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] replaced(byte[] from, int start, int end, byte[] by) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(from.length + by.length);
        all.write(from, 0, start);
        all.writeBytes(by);
        all.write(from, end, from.length - end);
        return all.toByteArray();
    }

    /**
     * A text of lines, such as a script, with one to five changes of its lines, words and characters.
     *
     * @param words that the language knows, or that stand in other files of its kind
     */
    public String text(String from, List<String> words) {
        List<String> lines = new ArrayList<>(from.lines().toList());
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            changeLines(lines, words);
        }
        String end = switch (random.nextInt(12)) {
            case 0 -> "\r\n";
            case 1 -> "\r";
            default -> "\n";
        };
        return String.join(end, lines) + (oneIn(8) ? "" : end);
    }

    private void changeLines(List<String> lines, List<String> words) {
        if (lines.isEmpty()) {
            lines.add(any(words));
            return;
        }
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(11)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.add(random.nextInt(lines.size()), line);
            case 3 -> lines.set(at, " ".repeat(random.nextInt(9)) + line.strip());
            case 4 -> lines.set(at, line + "\\");
            case 5 -> lines.set(at, inserted(line, any(ODD)));
            case 6 -> lines.set(at, inserted(line, " " + any(words) + " "));
            case 7 -> lines.set(at, around(line));
            case 8 -> lines.set(at, repeated(line));
            case 9 -> lines.set(at, cut(line));
            default -> lines.set(at, line.replace(word(line), any(words)));
        }
    }

    private String inserted(String line, String piece) {
        int at = random.nextInt(line.length() + 1);
        return line.substring(0, at) + piece + line.substring(at);
    }

    private String cut(String line) {
        int from = random.nextInt(line.length() + 1);
        int to = Math.min(line.length(), from + 1 + random.nextInt(6));
        return line.substring(0, from) + line.substring(to);
    }

    private String around(String line) {
        int deep = oneIn(6) ? 1_500 : 1 + random.nextInt(4);
        String open = any(List.of("(", "[", "{", "not ", "lambda: ", "f(", "-"));
        String close = switch (open) {
            case "(", "f(" -> ")";
            case "[" -> "]";
            case "{" -> "}";
            default -> "";
        };
        int at = random.nextInt(line.length() + 1);
        return line.substring(0, at) + open.repeat(deep) + line.substring(at) + close.repeat(deep);
    }

    private String repeated(String line) {
        int from = random.nextInt(line.length() + 1);
        int to = Math.min(line.length(), from + 1 + random.nextInt(12));
        int times = oneIn(6) ? 3_000 : 2 + random.nextInt(5);
        return line.substring(0, to) + line.substring(from, to).repeat(times) + line.substring(to);
    }

    /** Some word of a line, or the line. */
    private String word(String line) {
        List<String> found = Arrays.stream(line.split("[^\\w.]+")).filter(it -> !it.isEmpty()).toList();
        return found.isEmpty() ? line : any(found);
    }

    /** Some text: odd characters, long ones, and pieces of these words. */
    public String odd(List<String> words) {
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> any(ODD);
            case 2 -> any(ODD).repeat(1 + random.nextInt(400));
            case 3 -> any(words) + any(ODD);
            case 4 -> any(ODD) + any(words);
            case 5 -> String.valueOf(random.nextLong());
            case 6 -> cut(any(words)) + any(words);
            default -> any(words);
        };
    }
}
