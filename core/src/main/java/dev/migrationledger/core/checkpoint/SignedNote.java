package dev.migrationledger.core.checkpoint;

import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with signatures, in the form of C2SP signed-note.
 *
 * @param text ends with a line break
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    private static final String BEFORE_SIGNATURES = "\n\n";
    private static final Pattern SIGNATURE = Pattern.compile("\u2014 ([^+\\s]+) ([A-Za-z0-9+/=]+)");

    /** As the specification demands; so a note with a thousand signatures costs nobody a thousand checks. */
    private static final int MOST_SIGNATURES = 100;

    private static final int ID_BYTES = Integer.BYTES;

    public SignedNote {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the text of a note ends with a line break");
        }
        signatures = List.copyOf(signatures);
    }

    /**
     * A line below the text.
     *
     * @param keyId as {@link NoteKey#id}
     * @param base64 of the four bytes of the id and the signature
     */
    public record NoteSignature(String name, String keyId, String base64) {
        byte[] value() {
            byte[] all = Base64.getDecoder().decode(base64);
            return Arrays.copyOfRange(all, ID_BYTES, all.length);
        }
    }

    /** Signs a text. */
    public static SignedNote sign(String text, NoteKey key, PrivateKey privateKey) {
        byte[] signature = NoteKey.sign(text, privateKey);
        byte[] withId = Arrays.copyOf(HexFormat.of().parseHex(key.id()), ID_BYTES + signature.length);
        System.arraycopy(signature, 0, withId, ID_BYTES, signature.length);
        return new SignedNote(text,
                List.of(new NoteSignature(key.name(), key.id(), Base64.getEncoder().encodeToString(withId))));
    }

    /**
     * Reads a note. Signatures of keys that nobody here knows stay as they are, such as those of witnesses.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static SignedNote parse(String note) {
        int end = note.lastIndexOf(BEFORE_SIGNATURES);
        int from = end + BEFORE_SIGNATURES.length();
        if (end < 0 || from == note.length() || !note.endsWith("\n")) {
            throw new IllegalArgumentException("a note has a text, an empty line and lines with signatures");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : note.substring(from, note.length() - 1).split("\n", -1)) {
            signatures.add(signature(line));
            if (signatures.size() > MOST_SIGNATURES) {
                throw new IllegalArgumentException("a note has at most " + MOST_SIGNATURES + " signatures");
            }
        }
        return new SignedNote(note.substring(0, end + 1), signatures);
    }

    private static NoteSignature signature(String line) {
        Matcher parts = SIGNATURE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + line + "' is not a signature of a note");
        }
        byte[] value = Base64.getDecoder().decode(parts.group(2));
        if (value.length <= ID_BYTES) {
            throw new IllegalArgumentException("the signature of '" + parts.group(1) + "' is too short");
        }
        return new NoteSignature(parts.group(1), HexFormat.of().formatHex(value, 0, ID_BYTES), parts.group(2));
    }

    /** Whether this key signed the text. */
    public boolean signedBy(NoteKey key) {
        return signatures.stream()
                .anyMatch(signature -> signature.name().equals(key.name()) && signature.keyId().equals(key.id())
                        && key.signed(text, signature.value()));
    }

    /** The note as it is stored and sent. */
    public String note() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append("\u2014 ").append(signature.name()).append(' ')
                .append(signature.base64()).append('\n'));
        return note.toString();
    }
}
