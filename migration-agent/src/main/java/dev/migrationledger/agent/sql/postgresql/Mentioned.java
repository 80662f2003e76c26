package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.GeneratedNames;
import dev.migrationledger.agent.sql.text.Scanner;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.text.Redaction;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a statement that cannot be read can have changed: it changes nothing that it does not name. What its strings hold of secrets are no names. */
final class Mentioned {

    /** Texts within texts. */
    private static final int DEEPEST = 10;

    private Mentioned() {}

    /** Within the names that stand in a text; anything where a part of a name is not known, or no name is there. */
    static Reach in(String sql) {
        Set<String> names = names(sql);
        return names == null || names.isEmpty() ? Reach.ANYTHING : Reach.of(names);
    }

    /** Absent: there are others than those that stand there. */
    static @Nullable Set<String> names(String sql) {
        Set<String> names = new TreeSet<>();
        return addAll(sql, names, 0) ? names : null;
    }

    private static boolean addAll(String sql, Set<String> names, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        Set<String> shown = strings(Redaction.of(sql));
        Scanner scanner = new Scanner(sql);
        for (Token token = scanner.next(); token != null; token = scanner.next()) {
            if (token.isName() && token.text().contains(LiteralSql.HOLE)) {
                return false;
            }
            if (token.isName()) {
                names.add(GeneratedNames.truncated(token.text()));
            } else if (token.isString()) {
                String text = Redaction.of(token.text());
                boolean secret = !shown.contains(token.text());
                if (!secret) {
                    names.add(GeneratedNames.truncated(text));
                }
                if (!(secret && text.equals(token.text())) && !addAll(text, names, depth + 1)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Set<String> strings(String sql) {
        Set<String> strings = new HashSet<>();
        Scanner scanner = new Scanner(sql);
        for (Token token = scanner.next(); token != null; token = scanner.next()) {
            if (token.isString()) {
                strings.add(token.text());
            }
        }
        return strings;
    }
}
