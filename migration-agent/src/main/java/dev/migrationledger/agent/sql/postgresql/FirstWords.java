package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.effect.GeneratedNames;
import dev.migrationledger.agent.sql.text.Phrase;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.unread.UnreadReason;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a statement that cannot be read can have changed, by the words with which it begins. */
final class FirstWords {

    /** Statements that do nothing to a schema, nor to rows. */
    private static final Set<String> HARMLESS = Set.of(
            "abort", "analyse", "analyze", "begin", "checkpoint", "close", "cluster", "comment", "commit", "deallocate",
            "declare", "discard", "end", "fetch", "grant", "listen", "load", "lock", "move", "notify", "prepare",
            "reassign", "refresh", "reindex", "release", "reset", "revoke", "rollback", "savepoint", "security", "set",
            "show", "start", "unlisten", "vacuum");

    private static final Set<String> ROWS = Set.of("copy", "delete", "insert", "merge", "truncate", "update");

    /** What may stand between the action and the kind of object. */
    private static final Set<String> MODIFIERS = Set.of(
            "constraint", "external", "foreign", "global", "local", "or", "recursive", "replace", "temp", "temporary",
            "unique", "unlogged");

    /** How kinds of object begin that are not compared. */
    private static final Set<String> NOT_COMPARED = Set.of(
            "access", "cast", "collation", "conversion", "data", "database", "default", "event", "group", "language",
            "large", "operator", "procedural", "publication", "role", "rule", "server", "statistics", "subscription",
            "system", "tablespace", "text", "transform", "trusted", "user");

    /** What may stand between the kind of object and its name. */
    private static final Set<String> BEFORE_NAME = Set.of("concurrently", "exists", "if", "not", "only");

    private final String text;
    private final Phrase statement;

    private FirstWords(String text) {
        this.text = text;
        this.statement = Phrase.of(text);
    }

    /** @param reason why it cannot be read, as a clause */
    static void read(String statement, UnreadReason reason, Changes.At at) {
        Reach reach = new FirstWords(statement).reach();
        if (reach != null) {
            at.unknown(Holes.shown(statement), reason, reach);
        }
    }

    /** Absent: it does nothing. */
    private @Nullable Reach reach() {
        String verb = word(0);
        if (HARMLESS.contains(verb)) {
            return null;
        }
        if (ROWS.contains(verb)) {
            return Reach.ROWS;
        }
        return switch (verb) {
            case "create" -> reach(EnumSet.of(Action.CREATE));
            case "alter" -> reach(EnumSet.of(Action.CREATE, Action.ALTER, Action.RENAME, Action.DROP));
            case "drop" -> reach(EnumSet.of(Action.DROP));
            default -> Mentioned.in(text);
        };
    }

    private @Nullable Reach reach(Set<Action> actions) {
        int at = 1;
        while (MODIFIERS.contains(word(at))) {
            if (word(at).equals("replace")) {
                actions.add(Action.ALTER);
            }
            at++;
        }
        if (actions.contains(Action.DROP) && statement.find("cascade", at) > 0) {
            return new Reach(actions, null, null);
        }
        Subject subject = Subject.of(statement.from(at).tokens().stream().map(Token::text).limit(2).toList());
        if (subject == null) {
            return NOT_COMPARED.contains(word(at)) ? null : other(word(at));
        }
        return new Reach(actions, subject.kinds(), names(subject, at + subject.length()));
    }

    /** Whoever owns objects may be asked to drop them. */
    private Reach other(String kind) {
        return kind.equals("owned") ? new Reach(Set.of(Action.DROP), null, null) : Mentioned.in(text);
    }

    /** Absent: they are not known. */
    private @Nullable Set<String> names(Subject subject, int start) {
        if (!word(0).equals("create") || subject == Subject.INDEX) {
            return Mentioned.names(text);
        }
        int at = start;
        while (BEFORE_NAME.contains(word(at))) {
            at++;
        }
        while (statement.is(at + 1, '.')) {
            at += 2;
        }
        String name = at < statement.size() && statement.tokens().get(at).isName()
                ? statement.tokens().get(at).text()
                : LiteralSql.HOLE;
        return name.contains(LiteralSql.HOLE) ? null : Set.of(GeneratedNames.truncated(name));
    }

    /** In lower case; empty where something else stands, or nothing. */
    private String word(int at) {
        Token token = at < statement.size() ? statement.tokens().get(at) : null;
        return token != null && token.kind() == Token.Kind.WORD ? token.text() : "";
    }
}
