package dev.migrationledger.ledger.audit.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Texts as they are compared in a search: words of letters, digits and underscores, in lower case. */
public final class SearchWords {

    /** Of a word that is looked up; a longer one is compared by its beginning. */
    public static final int LONGEST_WORD = 40;

    /** Of the words of one entry. */
    private static final int LONGEST_TEXT = 4_000;

    private SearchWords() {}

    /** The words of a text, in its order. */
    public static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.toLowerCase(Locale.ROOT).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || c == '_') {
                word.appendCodePoint(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** Words in one text, each after a blank, so that a search finds only beginnings of words. */
    public static String joined(List<String> words) {
        StringBuilder text = new StringBuilder();
        for (String word : words) {
            if (text.length() + word.length() >= LONGEST_TEXT) {
                break;
            }
            text.append(' ').append(word);
        }
        return text.toString();
    }

    /** As it is looked up. */
    public static String shortened(String word) {
        return word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD);
    }
}
