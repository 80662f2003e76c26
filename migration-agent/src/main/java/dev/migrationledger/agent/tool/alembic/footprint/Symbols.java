package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import dev.migrationledger.agent.python.symbolic.Symbol.Reference;
import dev.migrationledger.contracts.schema.ObjectName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What symbols are called, and the names that they are. */
final class Symbols {

    /** Characters of a name that SQLAlchemy lets pass on PostgreSQL. */
    private static final int LONGEST = 63;

    /** What only marks a text as a finished name. */
    private static final Set<String> FINISHED = Set.of("f", "conv");

    /** A hole that is all there is before a dot. */
    private static final Pattern COMPUTED_SCHEMA = Pattern.compile(
            "(?<![\\w$.\"])(\"?)" + Symbol.Unknown.HOLE + "\\1\\.");

    private Symbols() {}

    /** The full dotted name; absent for what is not imported. */
    static @Nullable String dotted(Symbol symbol) {
        return switch (symbol) {
            case Reference reference -> reference.dotted();
            case Member member -> {
                String of = dotted(member.of());
                yield of == null ? null : of + "." + member.name();
            }
            case Symbol.Type type -> type.definition().name();
            case Made _,Symbol.None _,Symbol.Text _,Symbol.Truth _,Symbol.Numeral _,Symbol.Items _,Symbol.Dict _,Symbol.ProjectPath _,Symbol.Answered _,Symbol.Local _,Symbol.Unknown _ ->
                null;
        };
    }

    /** The full dotted name of what is called to make this, or of this itself where it is not called. */
    static @Nullable String made(Symbol symbol) {
        return symbol instanceof Made made ? dotted(made.callee()) : dotted(symbol);
    }

    /** The last part of what {@link #made} gives; empty where that is absent. */
    static String last(Symbol symbol) {
        String dotted = made(symbol);
        return dotted == null ? "" : dotted.substring(dotted.lastIndexOf('.') + 1);
    }

    /** Whether this comes from SQLAlchemy. */
    static boolean ofSqlalchemy(Symbol symbol) {
        String dotted = made(symbol);
        return dotted != null && dotted.startsWith("sqlalchemy.");
    }

    /**
     * A text; also one that is marked as a finished name, or carries how it is quoted.
     *
     * @return absent where it is none, or cannot be known
     */
    static @Nullable String text(@Nullable Symbol symbol) {
        if (symbol instanceof Symbol.Text text) {
            return text.text();
        }
        if (symbol instanceof Made made && !made.positional().isEmpty()) {
            if (finished(made)) {
                String name = text(made.positional().getFirst());
                return name == null ? null : cut(name);
            }
            if (last(made).equals("quoted_name")) {
                return text(made.positional().getFirst());
            }
        }
        return null;
    }

    /** {@code table.column} with or without a schema, which may be computed; absent where more than that cannot be known. */
    static @Nullable String path(@Nullable Symbol symbol) {
        String outline = symbol instanceof Symbol.Unknown unknown ? unknown.outline() : null;
        String path = outline == null ? text(symbol) : computedSchemas(outline, ObjectName.COMPUTED_SCHEMA);
        return path == null || path.indexOf(Symbol.Unknown.HOLE) >= 0 ? null : path;
    }

    /** With something in place of each schema that is computed. */
    static String computedSchemas(String outline, String instead) {
        return COMPUTED_SCHEMA.matcher(outline).replaceAll(instead + ".");
    }

    /** A name, and whether it is a finished one; absent where it cannot be known. */
    static NamingConvention.@Nullable Given given(@Nullable Symbol symbol) {
        String text = text(symbol);
        return text == null
                ? null
                : new NamingConvention.Given(text, symbol instanceof Made made && finished(made));
    }

    private static boolean finished(Made made) {
        return FINISHED.contains(made.callee() instanceof Member member ? member.name() : last(made));
    }

    /** As SQLAlchemy shortens names that it or a naming convention has made. */
    static String cut(String name) {
        return name.length() <= LONGEST
                ? name
                : name.substring(0, LONGEST - 8) + "_" + md5(name).substring(28);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
