package dev.migrationledger.contracts.schema;

import dev.migrationledger.contracts.text.Sha256;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The string literals of a query, each as a digest, because a query may contain secrets. PostgreSQL rewrites a query, but keeps
 * those that are texts.
 *
 * @param texts in a database constants of a type of text; in a script literals that begin as a word or a pattern does, which no other common type
 *     can read
 * @param others in a database labels of enums, which follow a renaming; in a script the other literals
 * @param open in a database: whether there are constants of other types, which a script may have written as a word
 */
public record QueryLiterals(List<String> texts, List<String> others, @Nullable Boolean open) {

    /** Characters. What is cut to the length of a name is not compared. */
    private static final int LONGEST = 62;

    /** Hexadecimal digits. */
    private static final int DIGITS = 12;

    /** Neither a backslash, which is an escape or none, nor anything that encodings write in another way. */
    private static final Pattern COMPARED = Pattern.compile("[ -~&&[^\\\\]]*");

    /** Scripts write {@code %%} for drivers that format the statement. It counts as {@code %}. */
    private static final Pattern PERCENT = Pattern.compile("%+");

    public QueryLiterals {
        texts = List.copyOf(texts);
        others = List.copyOf(others);
    }

    /** Of these digests, which may be given twice. */
    public static QueryLiterals of(Collection<String> texts, Collection<String> others, @Nullable Boolean open) {
        return new QueryLiterals(texts.stream().distinct().sorted().toList(),
                others.stream().distinct().sorted().toList(), open);
    }

    /** Adds the digest of a text to others, unless the text is not compared. */
    public static void add(Collection<String> digests, String text) {
        String digest = digest(text);
        if (digest != null) {
            digests.add(digest);
        }
    }

    /** Absent: a text that is not compared. */
    public static @Nullable String digest(String text) {
        String plain = text.strip();
        return plain.length() > LONGEST || !COMPARED.matcher(plain).matches()
                ? null
                : Sha256.hex(PERCENT.matcher(plain).replaceAll("%")).substring(0, DIGITS);
    }
}
