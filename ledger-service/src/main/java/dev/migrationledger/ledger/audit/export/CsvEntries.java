package dev.migrationledger.ledger.audit.export;

import dev.migrationledger.ledger.audit.export.CsvText.Column;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Makes lines of CSV from entries as they are stored: token by token, because building each entry first takes several times as long. Not for several
 * threads.
 */
final class CsvEntries {

    /** One thread writes an export, so buffers need no pool for all. */
    private static final JsonFactory JSON = JsonFactory.builder().recyclerPool(JsonRecyclerPools.threadLocalPool())
            .build();

    /** Fields of an {@code AuditEntry} that are columns as they are. */
    private static final Map<String, Column> FIELDS = Map.ofEntries(
            Map.entry("position", Column.POSITION), Map.entry("event", Column.EVENT),
            Map.entry("kind", Column.KIND), Map.entry("project", Column.PROJECT),
            Map.entry("environment", Column.ENVIRONMENT), Map.entry("labels", Column.LABELS),
            Map.entry("text", Column.TEXT), Map.entry("revisions", Column.REVISIONS), Map.entry("run", Column.RUN),
            Map.entry("recordedAt", Column.RECORDED_AT));

    /** Objects in it, with their fields that are columns. */
    private static final Map<String, Map<String, Column>> OBJECTS = Map.of(
            "actor", Map.of("kind", Column.ACTOR_KIND, "name", Column.ACTOR, "session", Column.SESSION, "claimed",
                    Column.RUN_CLAIMS, "ai", Column.AI),
            "evidence", Map.of("method", Column.EVIDENCE, "certainty", Column.CERTAINTY, "statement",
                    Column.STATEMENT, "objects", Column.OBJECTS),
            "occurredAt", Map.of("at", Column.OCCURRED_AT, "precision", Column.OCCURRED_PRECISION),
            "origin", Map.of("agent", Column.AGENT));

    private final Map<Column, String> cells = new EnumMap<>(Column.class);
    private final StringBuilder line = new StringBuilder();

    /** @param entry JSON of an {@code AuditEntry} */
    String line(byte[] entry) {
        cells.clear();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), entry)) {
            json.nextToken();
            // The last field is not for people; to read over it costs a sixth of the time.
            for (String name = json.nextName(); name != null && !name.equals("links"); name = json.nextName()) {
                Map<String, Column> fields = OBJECTS.get(name);
                json.nextToken();
                if (fields == null) {
                    cell(FIELDS.get(name), json);
                } else {
                    object(fields, json);
                }
            }
        }
        line.setLength(0);
        CsvText.line(cells, line);
        return line.toString();
    }

    private void object(Map<String, Column> fields, JsonParser json) {
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            cell(fields.get(name), json);
        }
    }

    private void cell(@Nullable Column column, JsonParser json) {
        if (column == null) {
            json.skipChildren();
        } else if (json.hasToken(JsonToken.START_ARRAY)) {
            cells.put(column, list(json, column == Column.REVISIONS ? " " : "; "));
        } else if (json.hasToken(JsonToken.START_OBJECT)) {
            cells.put(column, pairs(json));
        } else {
            cells.put(column, json.getString());
        }
    }

    private static String list(JsonParser json, String separator) {
        StringBuilder all = new StringBuilder();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            all.append(all.isEmpty() ? "" : separator).append(json.getString());
        }
        return all.toString();
    }

    /** The ledger stores them in the order of their names. */
    private static String pairs(JsonParser json) {
        StringBuilder all = new StringBuilder();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            all.append(all.isEmpty() ? "" : "; ").append(name).append('=').append(json.getString());
        }
        return all.toString();
    }
}
