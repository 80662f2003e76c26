package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.text.Scanner;
import dev.migrationledger.agent.sql.text.Token;
import java.util.List;

/** What PostgreSQL takes and the grammar does not, in a form that it takes. */
final class Respelled {

    private Respelled() {}

    /** {@code LANGUAGE 'plpgsql'} without the quotes. */
    static String withoutQuotes(String statement) {
        List<Token> tokens = Scanner.tokens(statement);
        for (int at = 1; at < tokens.size(); at++) {
            Token language = tokens.get(at);
            if (language.isString() && tokens.get(at - 1).is("language")) {
                return statement.substring(0, language.start()) + language.text()
                        + statement.substring(language.end());
            }
        }
        return statement;
    }

    /** Without the variables of {@code RETURNING … INTO …}. */
    static String withoutTargets(String block) {
        StringBuilder text = new StringBuilder(block);
        boolean returns = false;
        int into = -1;
        for (Token token : Scanner.tokens(block)) {
            if (token.is(';')) {
                if (into >= 0) {
                    text.replace(into, token.start(), " ".repeat(token.start() - into));
                }
                returns = false;
                into = -1;
            }
            returns |= token.is("returning");
            if (returns && token.is("into")) {
                into = token.start();
            }
        }
        return text.toString();
    }
}
