package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.schema.CanonicalText;
import dev.migrationledger.core.situation.Observations.ToolCall;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The migration tool's commands, as they are typed in a shell.
 *
 * @param searchPath that psql has to set, because only the tool's own sessions have it; absent: none
 */
record Commands(ToolCall tool, @Nullable List<String> searchPath) {

    static final String RERUN_FILE = "rerun.sql";

    static final String URL_OF_PSQL = "DATABASE_URL must have the form that psql accepts, without the name of a Python driver.";

    /** Writes these rows. Purging empties the table first, without asking what its rows mean. */
    String stamp(List<String> revisions, boolean purge) {
        String what = revisions.isEmpty()
                ? "base"
                : revisions.stream().map(ToolCall::word).collect(Collectors.joining(" "));
        return tool.command("stamp") + (purge ? " --purge " : " ") + what;
    }

    String upgrade(String target) {
        return tool.command("upgrade") + " " + ToolCall.word(target);
    }

    String merge(List<String> heads) {
        return tool.command("merge") + " -m \"merge heads\" "
                + heads.stream().map(ToolCall::word).collect(Collectors.joining(" "));
    }

    /** Prints the SQL of one revision. */
    String sql(String parent, String revision) {
        return tool.command("upgrade") + " " + ToolCall.word(parent + ":" + revision) + " --sql";
    }

    /**
     * Runs the SQL of one revision, with the names in it leading where the tool's own sessions lead. Through a pipe psql would commit the half
     * that the tool prints before it fails.
     */
    String rerun(String parent, String revision) {
        return sql(parent, revision) + " > " + RERUN_FILE
                + " && psql \"$DATABASE_URL\" -v ON_ERROR_STOP=1 --single-transaction"
                + (searchPath == null ? "" : " -c " + ToolCall.word(setSearchPath(searchPath))) + " -f " + RERUN_FILE;
    }

    /** What a person types first in psql, as a sentence; none: nothing. */
    List<String> pathFirst() {
        if (searchPath == null) {
            return List.of();
        }
        return List.of(searchPath.isEmpty()
                ? "Find out which search path env.py sets, and set it first: names in printed SQL have no schema."
                : "Run '%s;' first: names in printed SQL have no schema.".formatted(setSearchPath(searchPath)));
    }

    /** Why such a command sets the search path, as a sentence; none: it does not. */
    List<String> setsPath() {
        return searchPath == null
                ? List.of()
                : List.of("It sets the search path of Alembic's sessions, because printed SQL does not.");
    }

    private static String setSearchPath(List<String> schemas) {
        return "SET search_path TO "
                + schemas.stream().map(CanonicalText::inQuotes).collect(Collectors.joining(", "));
    }

    String current() {
        return tool.command("current");
    }

    String heads() {
        return tool.command("heads");
    }
}
