package dev.migrationledger.agent.python.symbolic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names of files, as {@code os.path} and {@code pathlib} compute them. A relative one counts from the folder from which people name
 * the project's files, and so does {@code __file__} here: an absolute name would be another on each machine.
 */
final class FilePaths {

    private FilePaths() {}

    /** The path that a text or path object is; absent: it is none. */
    static @Nullable String of(@Nullable Symbol symbol) {
        return switch (symbol) {
            case Symbol.Text text -> text.text();
            case Symbol.ProjectPath path -> path.path();
            case Symbol.Reference(String dotted, _) -> switch (dotted) {
                case "os.pardir", "os.path.pardir" -> "..";
                case "os.curdir", "os.path.curdir" -> ".";
                default -> null;
            };
            case null, default -> null;
        };
    }

    /** Without {@code .} and, where it can be said, without {@code ..}. */
    static String normal(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        String joined = (path.startsWith("/") ? "/" : "") + String.join("/", parts);
        // Not empty: something will be put behind it.
        return joined.isEmpty() ? "." : joined;
    }

    static String parent(String path) {
        return normal(path + "/..");
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** {@code .sql} of {@code a.sql}; empty where it has none. */
    static String suffix(String path) {
        int dot = name(path).lastIndexOf('.');
        return dot <= 0 ? "" : name(path).substring(dot);
    }

    static String withoutSuffix(String path) {
        return path.substring(0, path.length() - suffix(path).length());
    }

    /** One behind the other; absent where one is no path. An absolute one begins anew. */
    static @Nullable String joined(List<Symbol> parts) {
        String joined = "";
        for (Symbol part : parts) {
            String path = of(part);
            if (path == null || joined.length() + path.length() > SymbolOperators.LONGEST_ITEMS) {
                return null;
            }
            joined = path.startsWith("/") || joined.isEmpty() ? path : joined + "/" + path;
        }
        return normal(joined);
    }

    /** Whether a name fits a pattern of {@code glob} with nothing but stars. */
    static boolean fits(String name, String pattern) {
        String[] parts = pattern.split("\\*", -1);
        int at = parts[0].length();
        if (!name.startsWith(parts[0])) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            int next = i == parts.length - 1 ? name.length() - parts[i].length() : name.indexOf(parts[i], at);
            if (next < at || !name.startsWith(parts[i], next)) {
                return false;
            }
            at = next + parts[i].length();
        }
        return at == name.length();
    }
}
