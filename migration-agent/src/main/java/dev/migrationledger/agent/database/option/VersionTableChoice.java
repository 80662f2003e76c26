package dev.migrationledger.agent.database.option;

import dev.migrationledger.agent.database.VersionTableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which version table is meant, and how sure that is.
 *
 * @param isChosen whether its schema is named, or the search path is, so that the role's own search path decides nothing
 * @param isBesides whether the tool hands its schema over by itself beside a search path that is known: what names no schema then is where
 *     that leads
 * @param isNameOpen whether its name is computed
 * @param isPathOpen whether the search path that the tool sets is computed
 * @param width that the tool gives the table's column when it makes it; absent: its default
 * @param configured what the configuration alone calls it, where an option calls it something else; a schema that is absent is where the
 *     search path leads. Absent: no option does, or the configuration's name is not known
 * @param open what is computed and would decide it, each with its place, such as {@code search_path (migrations/env.py:31)}
 */
public record VersionTableChoice(
        VersionTableName name, boolean isChosen, boolean isBesides, boolean isNameOpen, boolean isPathOpen,
        @Nullable Integer width, @Nullable VersionTableName configured, List<String> open) {

    public VersionTableChoice {
        open = List.copyOf(open);
    }

    /** One that somebody named. */
    public static VersionTableChoice of(VersionTableName name) {
        return new VersionTableChoice(name, name.schema() != null, false, false, false, null, null, List.of());
    }
}
