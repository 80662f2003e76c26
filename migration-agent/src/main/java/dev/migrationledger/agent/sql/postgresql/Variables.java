package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.postgresql.guard.BlockCondition;
import dev.migrationledger.agent.sql.postgresql.guard.BlockConditions;
import dev.migrationledger.agent.sql.text.Phrase;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a block's variables: a text, or that it holds what a query of the catalogs answered. */
final class Variables {

    /** Set by each query. */
    static final String FOUND = "found";

    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, BlockCondition> answers = new HashMap<>();

    Variables copy() {
        Variables copy = new Variables();
        copy.texts.putAll(texts);
        copy.answers.putAll(answers);
        return copy;
    }

    /** Forgets what a branch has changed. */
    void keep(Variables before) {
        texts.entrySet().retainAll(before.texts.entrySet());
        answers.entrySet().retainAll(before.answers.entrySet());
    }

    /** @param value an expression; absent: NULL */
    void set(String variable, @Nullable String value) {
        texts.remove(variable);
        answers.remove(variable);
        if (value != null) {
            BlockCondition answer = conditions().read(value);
            if (!(answer instanceof BlockCondition.Unclear)) {
                answers.put(variable, answer);
            }
            if (!answer.isRead()) {
                String text = text(Phrase.of(value));
                if (!text.contains(LiteralSql.HOLE)) {
                    texts.put(variable, text);
                }
            }
        }
    }

    void text(String variable, String value) {
        answers.remove(variable);
        texts.put(variable, value);
    }

    /** The text of an expression, with a hole in the place of each part that is not known. */
    String text(Phrase expression) {
        return new BlockText(texts).of(expression);
    }

    BlockConditions conditions() {
        return new BlockConditions(texts, answers);
    }
}
