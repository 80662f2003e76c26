package dev.migrationledger.agent.python.canonical;

import dev.migrationledger.agent.python.syntax.SourceRange;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Writes nodes one after the other, and remembers what they name. */
final class CodeWriter {

    /** Code that people write has some ten levels; each takes stack. */
    private static final int DEEPEST = 500;

    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder text = new StringBuilder();
    private final Set<String> names = new HashSet<>();
    private final Set<String> modules = new HashSet<>();
    private boolean opaque;
    private int depth;

    /** Nested deeper than can be written. */
    static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private TooDeep() {
            super(null, null, false, false);
        }
    }

    CanonicalCode code() {
        return new CanonicalCode(text.toString(), names, modules, opaque);
    }

    CodeWriter open(String kind) {
        if (++depth > DEEPEST) {
            throw new TooDeep();
        }
        space().text.append('(').append(kind);
        return this;
    }

    void close() {
        depth--;
        text.append(')');
    }

    CodeWriter openList() {
        space().text.append('[');
        return this;
    }

    CodeWriter closeList() {
        text.append(']');
        return this;
    }

    void absent() {
        word("-");
    }

    /** A word of the form itself. */
    CodeWriter word(String word) {
        space().text.append(word);
        return this;
    }

    /** A name that Python looks up or binds. */
    CodeWriter name(String name) {
        names.add(name);
        return quoted(name);
    }

    /** A module, each part of which is a name. */
    CodeWriter module(String dotted) {
        modules.add(dotted);
        names.addAll(List.of(dotted.split("\\.+")));
        return quoted(dotted);
    }

    /** Something as it is written. */
    void source(SourceRange place) {
        source(place.source().text().substring(place.start(), place.end()));
    }

    /** Likewise. */
    void source(String written) {
        opaque = true;
        open("source").quoted(written).close();
    }

    CodeWriter quoted(String value) {
        space().text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                text.append(c);
            } else {
                text.append("\\u");
                HEX.toHexDigits(c).chars().forEach(digit -> text.append((char) digit));
            }
        }
        text.append('"');
        return this;
    }

    private CodeWriter space() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '[') {
            text.append(' ');
        }
        return this;
    }
}
