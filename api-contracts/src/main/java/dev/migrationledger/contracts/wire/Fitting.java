package dev.migrationledger.contracts.wire;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Brings what an agent witnessed within the {@link Bounds}, so that no ledger has to refuse it: of a long text or list the beginning
 * is kept, and a mark says how much there was. Cutting twice changes nothing.
 */
public final class Fitting {

    private Fitting() {}

    /**
     * The JSON of one event as it can be sent.
     *
     * @return the same bytes where nothing is too long
     */
    public static byte[] fitted(byte[] json) {
        if (Bounds.excess(json).isEmpty()) {
            return json;
        }
        JsonNode event = Wire.tree(json);
        return Wire.write(fitted(event, "", false));
    }

    private static JsonNode fitted(JsonNode node, String property, boolean content) {
        boolean inside = content || Bounds.isContent(property);
        return switch (node) {
            case StringNode text -> StringNode.valueOf(cut(text.stringValue(), Bounds.characters(property, content)));
            case ArrayNode list -> fitted(list, property, inside);
            case ObjectNode object -> fitted(object, property, inside);
            default -> node;
        };
    }

    private static JsonNode fitted(ArrayNode list, String property, boolean content) {
        int most = Bounds.elements(property, content);
        ArrayNode fitted = list.arrayNode();
        for (int i = 0; i < Math.min(list.size(), list.size() > most ? most - 1 : most); i++) {
            fitted.add(fitted(list.get(i), property, content));
        }
        if (list.size() > most) {
            fitted.add(mark(list.get(most - 1), "… and %,d more".formatted(list.size() - most + 1)));
        }
        return fitted;
    }

    /** An element like the others whose last text is the mark. */
    private static JsonNode mark(JsonNode like, String words) {
        if (!(like instanceof ObjectNode object)) {
            return StringNode.valueOf(words);
        }
        ObjectNode mark = object.deepCopy();
        object.properties().stream()
                .filter(entry -> entry.getValue() instanceof StringNode)
                .reduce((_, last) -> last)
                .ifPresent(entry -> mark.put(entry.getKey(), words));
        return mark;
    }

    private static JsonNode fitted(ObjectNode object, String property, boolean content) {
        boolean map = Bounds.isMap(property);
        int most = map ? Bounds.elements(property, content) : Integer.MAX_VALUE;
        ObjectNode fitted = object.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (fitted.size() < most) {
                fitted.set(cut(entry.getKey(), Bounds.NAME),
                        fitted(entry.getValue(), map ? property : entry.getKey(), content));
            }
        }
        return fitted;
    }

    /** The beginning of a text with a mark; the text itself where it is short enough. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        String mark = "… (cut by the agent: %,d characters)".formatted(text.length());
        int end = most - mark.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + mark;
    }
}
