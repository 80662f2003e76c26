package dev.migrationledger.agent.sql.text;

import java.util.ArrayList;
import java.util.List;

/** Some tokens in a row, taken apart where no bracket is open. */
public record Phrase(List<Token> tokens) {

    public static Phrase of(String sql) {
        return new Phrase(Scanner.tokens(sql));
    }

    /** Without brackets around the whole. */
    public Phrase bare() {
        Phrase bare = this;
        while (bare.isBracketed()) {
            bare = bare.from(1, bare.size() - 1);
        }
        return bare;
    }

    private boolean isBracketed() {
        return size() > 1 && tokens.getFirst().is('(') && closing(0) == size() - 1;
    }

    public int size() {
        return tokens.size();
    }

    public boolean is(int at, String word) {
        return at < size() && tokens.get(at).is(word);
    }

    public boolean is(int at, char symbol) {
        return at < size() && tokens.get(at).is(symbol);
    }

    public Phrase from(int start, int end) {
        return new Phrase(tokens.subList(Math.min(start, end), end));
    }

    public Phrase from(int start) {
        return from(start, size());
    }

    /** The bracket that closes the one at this place; the end where none does. */
    public int closing(int open) {
        int depth = 0;
        for (int at = open; at < size(); at++) {
            depth += tokens.get(at).is('(') ? 1 : tokens.get(at).is(')') ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return size();
    }

    /** The first place of a word outside of all brackets; negative: it is not there. */
    public int find(String word, int start) {
        int depth = 0;
        for (int at = start; at < size(); at++) {
            Token token = tokens.get(at);
            depth += token.is('(') ? 1 : token.is(')') ? -1 : 0;
            if (depth == 0 && token.is(word)) {
                return at;
            }
        }
        return -1;
    }

    /** The parts between a word that stands outside of all brackets. */
    public List<Phrase> split(String word) {
        List<Phrase> parts = new ArrayList<>();
        int start = 0;
        for (int at = find(word, 0); at >= 0; at = find(word, start)) {
            parts.add(from(start, at));
            start = at + 1;
        }
        parts.add(from(start));
        return parts;
    }

    /** The parts between a symbol that stands outside of all brackets. */
    public List<Phrase> split(char symbol) {
        List<Phrase> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        for (int at = 0; at < size(); at++) {
            depth += isOpening(at) ? 1 : isClosing(at) ? -1 : 0;
            if (depth == 0 && is(at, symbol)) {
                parts.add(from(start, at));
                start = at + 1;
            }
        }
        parts.add(from(start));
        return parts;
    }

    private boolean isOpening(int at) {
        return is(at, '(') || is(at, '[');
    }

    private boolean isClosing(int at) {
        return is(at, ')') || is(at, ']');
    }

    /** Without a cast at the end. */
    public Phrase uncast() {
        int at = size();
        while (at >= 3 && tokens.get(at - 1).isName() && tokens.get(at - 2).is(':') && tokens.get(at - 3).is(':')) {
            at -= 3;
        }
        return from(0, at);
    }
}
