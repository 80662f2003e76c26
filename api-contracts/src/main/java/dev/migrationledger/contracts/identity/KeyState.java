package dev.migrationledger.contracts.identity;

import dev.migrationledger.contracts.text.Sha256;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells two holders of one key apart. Its holder replaces the state again and again and has the ledger note the new one, so the state of
 * who copied the key is soon an old one.
 *
 * @param number how many came before it
 * @param random by which it differs from a copy's state with the same number
 */
public record KeyState(long number, String random) {

    /** The header with the state, beside a signature. */
    public static final String HEADER = "Migration-Ledger-Key-State";

    private static final int BYTES = 16;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\.([A-Za-z0-9_-]{22})");

    /** The state of a key that has none yet. */
    public static KeyState first(RandomGenerator random) {
        return new KeyState(0, text(random));
    }

    /** What replaces this one. */
    public KeyState next(RandomGenerator generator) {
        return new KeyState(number + 1, text(generator));
    }

    private static String text(RandomGenerator random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * What {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if it is not a state
     */
    public static KeyState parse(String text) {
        Matcher state = TEXT.matcher(text);
        if (!state.matches()) {
            throw new IllegalArgumentException("not the state of a key");
        }
        return new KeyState(Long.parseLong(state.group(1)), state.group(2));
    }

    /** SHA-256 of the text, in lower-case hexadecimal: so the ledger keeps it. */
    public String digest() {
        return Sha256.hex(toString());
    }

    @Override
    public String toString() {
        return number + "." + random;
    }
}
