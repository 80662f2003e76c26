package dev.migrationledger.agent.python.syntax;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operators, delimiters and words of the language. */
final class Operators {

    /** Words that are no names. {@code match}, {@code case}, {@code type} and {@code _} are names where nothing else fits. */
    static final Set<String> KEYWORDS = Set.of(
            "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
            "del",
            "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
            "nonlocal",
            "not", "or", "pass", "raise", "return", "try", "while", "with", "yield");

    /** Keywords that an expression may begin with. */
    static final Set<String> BEGINNERS = Set.of("False", "None", "True", "await", "lambda", "not", "yield");

    private Operators() {}

    /** The longest operator at a position; absent where none stands there. */
    static @Nullable String at(String source, int at) {
        char next = at + 1 < source.length() ? source.charAt(at + 1) : '\0';
        char third = at + 2 < source.length() ? source.charAt(at + 2) : '\0';
        return switch (source.charAt(at)) {
            case '(' -> "(";
            case ')' -> ")";
            case '[' -> "[";
            case ']' -> "]";
            case '{' -> "{";
            case '}' -> "}";
            case ',' -> ",";
            case ';' -> ";";
            case '~' -> "~";
            case '.' -> next == '.' && third == '.' ? "..." : ".";
            case ':' -> next == '=' ? ":=" : ":";
            case '=' -> next == '=' ? "==" : "=";
            case '!' -> next == '=' ? "!=" : "!";
            case '+' -> next == '=' ? "+=" : "+";
            case '-' -> next == '=' ? "-=" : next == '>' ? "->" : "-";
            case '%' -> next == '=' ? "%=" : "%";
            case '@' -> next == '=' ? "@=" : "@";
            case '&' -> next == '=' ? "&=" : "&";
            case '|' -> next == '=' ? "|=" : "|";
            case '^' -> next == '=' ? "^=" : "^";
            case '*' -> doubled(next, third, '*', "*", "*=", "**", "**=");
            case '/' -> doubled(next, third, '/', "/", "/=", "//", "//=");
            case '<' -> doubled(next, third, '<', "<", "<=", "<<", "<<=");
            case '>' -> doubled(next, third, '>', ">", ">=", ">>", ">>=");
            default -> null;
        };
    }

    private static String doubled(
            char next, char third, char same, String one, String assigned, String two, String twoAssigned) {
        if (next == same) {
            return third == '=' ? twoAssigned : two;
        }
        return next == '=' ? assigned : one;
    }

    /** How tightly an operator between two operands binds, from 1; 0: it is none. */
    static int precedence(String operator) {
        return switch (operator) {
            case "|" -> 1;
            case "^" -> 2;
            case "&" -> 3;
            case "<<", ">>" -> 4;
            case "+", "-" -> 5;
            case "*", "/", "//", "%", "@" -> 6;
            default -> 0;
        };
    }

    static boolean compares(String operator) {
        return switch (operator) {
            case "==", "!=", "<", "<=", ">", ">=" -> true;
            default -> false;
        };
    }

    /** The operator of an assignment such as {@code +=}; absent where it is none. */
    static @Nullable String augmenting(String operator) {
        return switch (operator) {
            case "+=", "-=", "*=", "/=", "//=", "%=", "@=", "&=", "|=", "^=", ">>=", "<<=", "**=" ->
                operator.substring(0, operator.length() - 1);
            default -> null;
        };
    }
}
