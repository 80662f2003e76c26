package dev.migrationledger.agent.sql.postgresql.guard;

import dev.migrationledger.agent.sql.text.Scanner;
import dev.migrationledger.agent.sql.text.Token;
import java.util.List;

/** Names in strings. */
final class CatalogName {

    private CatalogName() {}

    /**
     * Schema, if there is one, and name.
     *
     * @param spelled whether it is spelled as in a statement, as {@code regclass} takes it; otherwise it is as the catalogs have it
     */
    static List<String> parts(boolean spelled, String name) {
        if (!spelled) {
            return List.of(name);
        }
        List<String> parts = Scanner.tokens(name).stream().filter(Token::isName).map(Token::text).toList();
        return parts.isEmpty() ? List.of(name) : parts;
    }
}
