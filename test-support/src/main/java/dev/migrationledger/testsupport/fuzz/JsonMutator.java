package dev.migrationledger.testsupport.fuzz;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes the structure and the values of a JSON document, and sometimes its bytes. */
public final class JsonMutator {

    /** Stands for JSON that no tree can hold, until the tree is text. */
    private static final String MARK = "@mutated@";

    private static final List<Supplier<String>> ODD = List.of(() -> "null", () -> "true", () -> "0", () -> "-1",
            () -> "-0", () -> "1.5", () -> "1e400", () -> "1e-400", () -> "1e999999999", () -> "9223372036854775807",
            () -> "9223372036854775808", () -> "-9223372036854775809", () -> "1".repeat(120), () -> "NaN", () -> "01",
            () -> "0x10", () -> "\"\"", () -> "\" \"", () -> "\"\\u0000\"", () -> "\"\\ud800\"", () -> "\"a\\udc00b\"",
            () -> "\"😀\\u202e\"", () -> "\"\\n\\r\\u001b[31m\"", () -> "\"%s%n%d\"", () -> "\"../../etc/passwd\"",
            () -> "\"'; drop table event; --\"", () -> "\"<script>alert(1)</script>\"",
            () -> "\"password=secret://u:p@h/d\"", () -> "\"" + "a".repeat(1_001) + "\"",
            () -> "\"" + "é".repeat(12_000) + "\"", () -> "[]", () -> "{}", () -> "[null]", () -> "[[[]]]",
            () -> "{\"type\":\"agent.agent-started.v1\"}", () -> "{\"do\":\"create\"}", () -> "{\"\":0}",
            () -> "[".repeat(101) + "]".repeat(101), () -> "{\"a\":".repeat(5_000) + "0" + "}".repeat(5_000),
            () -> "[" + "0,".repeat(1_500) + "0]", () -> "[" + "\"r\",".repeat(21_000) + "\"r\"]",
            () -> "\"2026-01-01T12:00:00Z\"", () -> "\"-999999999-01-01T00:00:00Z\"",
            () -> "\"+1000000000-12-31T23:59:59.999999999Z\"", () -> "\"2026-02-30T00:00:00Z\"",
            () -> "\"2026-01-01T12:00:00.9999999999Z\"", () -> "\"00000000-0000-0000-0000-000000000000\"",
            () -> "\"1-1-1-1-1\"", () -> "\"P1Y\"", () -> "'a'", () -> "\"\\x\"", () -> "\"open", () -> "/* */ 1",
            () -> "1,", () -> "");

    private static final List<Charset> CHARSETS = List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE,
            StandardCharsets.ISO_8859_1, Charset.forName("UTF-32"));

    private final Mutator mutator;

    public JsonMutator(Mutator mutator) {
        this.mutator = mutator;
    }

    /** A value of a tree, by where it is. */
    private sealed interface Place {

        record Field(ObjectNode parent, String name) implements Place {}

        record Element(ArrayNode parent, int index) implements Place {}
    }

    /** A document with one to three changes. */
    public byte[] json(byte[] from) {
        byte[] changed = from;
        for (int i = 1 + mutator.random().nextInt(3); i > 0 && isJson(changed); i--) {
            changed = changed(changed);
        }
        if (mutator.oneIn(6)) {
            changed = mutator.bytes(changed);
        }
        if (mutator.oneIn(30)) {
            changed = new String(changed, StandardCharsets.UTF_8).getBytes(mutator.any(CHARSETS));
        }
        return changed;
    }

    private static boolean isJson(byte[] bytes) {
        try {
            JsonNode read = JsonMapper.shared().readTree(bytes);
            return read != null && read.isContainer();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private byte[] changed(byte[] from) {
        JsonNode tree = JsonMapper.shared().readTree(from);
        List<Place> places = new ArrayList<>();
        collect(tree, places);
        if (places.isEmpty()) {
            return mutator.any(ODD).get().getBytes(StandardCharsets.UTF_8);
        }
        Place place = mutator.any(places);
        String raw = "";
        switch (mutator.random().nextInt(8)) {
            case 0 -> remove(place);
            case 1 -> set(place, value(mutator.any(places)));
            case 2 -> {
                JsonNode other = value(place);
                raw = other + "," + (place instanceof Place.Field field ? "\"" + field.name() + "\":" : "") + other;
                set(place, mark());
            }
            case 3 -> {
                raw = mutator.any(ODD).get();
                add(place);
            }
            default -> {
                raw = mutator.any(ODD).get();
                set(place, mark());
            }
        }
        return tree.toString().replace("\"" + MARK + "\"", raw).getBytes(StandardCharsets.UTF_8);
    }

    private static void collect(JsonNode node, List<Place> places) {
        switch (node) {
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    places.add(new Place.Field(object, field.getKey()));
                    collect(field.getValue(), places);
                }
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    places.add(new Place.Element(array, i));
                    collect(array.get(i), places);
                }
            }
            default -> {
            }
        }
    }

    private static JsonNode mark() {
        return JsonMapper.shared().getNodeFactory().stringNode(MARK);
    }

    private static JsonNode value(Place place) {
        return switch (place) {
            case Place.Field(ObjectNode parent, String name) -> parent.path(name).deepCopy();
            case Place.Element(ArrayNode parent, int index) -> parent.path(index).deepCopy();
        };
    }

    private static void set(Place place, JsonNode value) {
        switch (place) {
            case Place.Field(ObjectNode parent, String name) -> parent.set(name, value);
            case Place.Element(ArrayNode parent, int index) -> parent.set(index, value);
        }
    }

    private static void remove(Place place) {
        switch (place) {
            case Place.Field(ObjectNode parent, String name) -> parent.remove(name);
            case Place.Element(ArrayNode parent, int index) -> parent.remove(index);
        }
    }

    private void add(Place place) {
        switch (place) {
            case Place.Field(ObjectNode parent, String name) -> parent.set(mutator.odd(List.of(name, "more")), mark());
            case Place.Element(ArrayNode parent, int index) -> parent.insert(index, mark());
        }
    }
}
