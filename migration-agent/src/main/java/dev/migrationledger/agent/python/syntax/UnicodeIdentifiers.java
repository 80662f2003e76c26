package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.StrayCharacter;
import java.text.Normalizer;

/** Names with letters beyond ASCII. */
final class UnicodeIdentifiers {

    private UnicodeIdentifiers() {}

    /** Python compares identifiers in this form. */
    static String normalized(String written, int at) throws Malformed {
        String name = Normalizer.normalize(written, Normalizer.Form.NFKC);
        int first = name.codePointAt(0);
        boolean begins = first == '_' || Character.isUnicodeIdentifierStart(first);
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int point = name.codePointAt(i);
            if (!begins || !Character.isUnicodeIdentifierPart(point)) {
                String shown = Character.toString(begins ? point : first);
                throw new Malformed(at, new StrayCharacter(shown));
            }
        }
        return name;
    }
}
