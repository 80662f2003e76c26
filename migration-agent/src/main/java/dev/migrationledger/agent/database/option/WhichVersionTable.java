package dev.migrationledger.agent.database.option;

import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.observation.VersionTableObservation;
import dev.migrationledger.contracts.event.VersionTable.State;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.Observations.OtherVersionTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a look found the version table that Alembic would write. Where nobody can say, a plan could write another one than the one
 * that was judged, so a person is asked.
 *
 * @param graph of the scripts; absent: they could not be read
 */
public record WhichVersionTable(
        VersionTableChoice choice, @Nullable RevisionGraph graph, VersionTableObservation look) {

    private static final int MOST_NAMED = 8;

    /** The one table of these scripts that lies elsewhere, where only its schema is open; absent where it was found, or it may be another. */
    public @Nullable VersionTableName elsewhere() {
        List<OtherVersionTable> own = own();
        return look.table().state() == State.MISSING && isSchemaAloneOpen() && own.size() == 1
                && own.getFirst().table().equals(choice.name().table())
                        ? new VersionTableName(own.getFirst().schema(), own.getFirst().table(), null,
                                choice.name().searchPath())
                        : null;
    }

    /** What to ask a person: whole sentences; absent where the table is known. */
    public @Nullable String question() {
        boolean missing = look.table().state() == State.MISSING;
        List<OtherVersionTable> others = choice.isNameOpen() ? look.others() : own();
        boolean several = others.size() + (missing ? 0 : 1) > 1;
        boolean open = !choice.open().isEmpty()
                && (choice.isNameOpen() ? !missing || !others.isEmpty() : several);
        boolean hidden = missing && !choice.isChosen() && !others.isEmpty();
        if (!open && !hidden) {
            return null;
        }
        List<String> found = new ArrayList<>();
        if (!missing) {
            found.add(text(look.table().name(), look.table().rows()));
        }
        others.forEach(other -> found.add(text(other.name(), other.rows())));
        return "%s This database has %s. Name yours with %s.".formatted(
                choice.open().isEmpty()
                        ? "Version table %s does not exist.".formatted(look.table().name())
                        : "env.py computes %s, so the version table that Alembic writes is not known."
                                .formatted(ListText.and(choice.open())),
                ListText.and(found, MOST_NAMED),
                choice.isNameOpen() || others.stream().noneMatch(other -> other.table().equals(choice.name().table()))
                        ? "--version-table and --version-table-schema"
                        : "--version-table-schema");
    }

    /** With its schema, as far as that is known: the table that Alembic writes, where an option chose another one; absent: it is not known. */
    public @Nullable String written() {
        VersionTableName configured = choice.configured();
        if (configured == null) {
            return null;
        }
        String schema = configured.schema() == null ? firstOnPath(configured.table()) : configured.schema();
        if (schema == null && configured.table().equals(choice.name().table())) {
            // Whoever migrates may have another search path.
            return null;
        }
        String written = schema == null ? configured.table() : schema + "." + configured.table();
        return written.equals(look.table().name()) ? null : written;
    }

    /** The first schema of the search path that has such a table, unless it is of other scripts. */
    private @Nullable String firstOnPath(String table) {
        List<String> names = new ArrayList<>();
        if (look.table().state() != State.MISSING) {
            names.add(look.table().name());
        }
        own().stream().filter(other -> other.rows() != null).map(OtherVersionTable::name).forEach(names::add);
        return look.searchPath().stream().filter(schema -> names.contains(schema + "." + table)).findFirst()
                .orElse(null);
    }

    private boolean isSchemaAloneOpen() {
        return !choice.open().isEmpty() && !choice.isNameOpen();
    }

    /** Other version tables that may be the one of these scripts: with a row that they know, or without any. */
    private List<OtherVersionTable> own() {
        return look.others().stream()
                .filter(other -> other.rows() == null || other.rows().isEmpty() || graph == null
                        || other.rows().stream().anyMatch(graph::contains))
                .toList();
    }

    private static String text(String name, @Nullable List<String> rows) {
        return rows == null
                ? name + ", which this role cannot read"
                : rows.isEmpty()
                        ? name + " without a row"
                        : name + " at " + ListText.and(ListText.quoted(rows), 3);
    }
}
