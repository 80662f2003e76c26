package dev.migrationledger.agent.sql.postgresql;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a text says where its parameters go. */
public enum Placeholders {
    /** It has none. */
    NONE {
        @Override
        String numbered(String sql) {
            return sql;
        }
    },
    /** {@code :name}, as SQLAlchemy's {@code text()} has them; a backslash protects a colon. */
    COLON {
        @Override
        String numbered(String sql) {
            return NAMED.matcher(sql).replaceAll("\\$1").replace("\\:", ":");
        }
    },
    /** {@code %s} and {@code %(name)s}, as the driver's own cursors have them where they are given values; {@code %%} is one. */
    PERCENT {
        @Override
        String numbered(String sql) {
            return FORMAT.matcher(sql).replaceAll(
                    found -> Matcher.quoteReplacement(found.group().equals("%%") ? "%" : "$1"));
        }
    };

    /** SQLAlchemy's own expression. */
    private static final Pattern NAMED = Pattern.compile("(?<![:\\w\\\\]):(\\w+)(?!:)");

    private static final Pattern FORMAT = Pattern.compile("%(?:%|(?:\\(\\w+\\))?[sbt])");

    /** With the first of those parameters that PostgreSQL's own grammar has in the place of each. */
    abstract String numbered(String sql);
}
