package dev.migrationledger.contracts.wire;

import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.scripts.ScriptProblem;
import dev.migrationledger.contracts.unread.FileReason.Obstacle;
import dev.migrationledger.contracts.unread.FileReason.UnreadFile;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Brings what an agent observed within the {@link SizeLimits}, so the ledger does not have to refuse it. Of a long text or list the
 * beginning stays, and a mark has the number of what was left out. Cutting twice changes nothing.
 */
public final class EventTruncation {

    /** Properties of list elements that only people read. */
    private static final Set<String> FOR_PEOPLE = Set.of("name", "message");

    private EventTruncation() {}

    /**
     * The JSON of one event as it can be sent.
     *
     * @return the same bytes where nothing is too long
     */
    public static byte[] fitted(byte[] json) {
        if (SizeLimits.excess(json).isEmpty()) {
            return json;
        }
        JsonNode event = ContractJson.tree(json);
        return ContractJson.write(fitted(event, "", false));
    }

    private static JsonNode fitted(JsonNode node, String property, boolean content) {
        boolean inside = content || SizeLimits.isContent(property);
        return switch (node) {
            case StringNode text ->
                StringNode.valueOf(cut(text.stringValue(), SizeLimits.characters(property, content)));
            case ArrayNode list -> fitted(list, property, inside);
            case ObjectNode object -> fitted(object, property, inside);
            default -> node;
        };
    }

    private static JsonNode fitted(ArrayNode list, String property, boolean content) {
        int most = SizeLimits.elements(property, content);
        ArrayNode fitted = list.arrayNode();
        for (int i = 0; i < Math.min(list.size(), list.size() > most ? most - 1 : most); i++) {
            fitted.add(fitted(list.get(i), property, content));
        }
        if (list.size() > most) {
            mark(property, list.get(most - 1), list.size() - most + 1).ifPresent(fitted::add);
        }
        return fitted;
    }

    /**
     * The element that replaces those that were cut off. For effects it is one that may have changed anything; for problems it is their
     * number. A text is {@code …+3} for three of them, which cannot be a name. Another object is a copy of the first that was cut off
     * with this text as its last one for people; empty if it has no such text.
     */
    private static Optional<JsonNode> mark(String property, JsonNode like, int count) {
        String leftOut = "…+" + count;
        if (property.equals("problems")) {
            ScriptProblem rest = new ScriptProblem.LeftOut(count);
            return Optional.of(ContractJson.tree(ContractJson.write(rest)));
        }
        if (property.equals("effects")) {
            Effect rest = new Unread(leftOut, new UnreadFile(Obstacle.TOO_MANY_EFFECTS), null,
                    Location.line(like.path("location").path("line").asInt(1)));
            return Optional.of(ContractJson.tree(ContractJson.write(rest)));
        }
        if (!(like instanceof ObjectNode object)) {
            return like instanceof StringNode ? Optional.of(StringNode.valueOf(leftOut)) : Optional.empty();
        }
        ObjectNode mark = object.deepCopy();
        return object.properties().stream()
                .filter(entry -> entry.getValue() instanceof StringNode && FOR_PEOPLE.contains(entry.getKey()))
                .reduce((_, last) -> last)
                .map(entry -> mark.put(entry.getKey(), leftOut));
    }

    private static JsonNode fitted(ObjectNode object, String property, boolean content) {
        boolean map = SizeLimits.isMap(property);
        int most = map ? SizeLimits.elements(property, content) : Integer.MAX_VALUE;
        ObjectNode fitted = object.objectNode();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (fitted.size() < most && !isReachTooLong(property, entry, content)) {
                fitted.set(cut(entry.getKey(), SizeLimits.NAME),
                        fitted(entry.getValue(), map ? property : entry.getKey(), content));
            }
        }
        return fitted;
    }

    /** A shorter list would exclude objects that may have changed; without the list, any may have. */
    private static boolean isReachTooLong(String property, Map.Entry<String, JsonNode> entry, boolean content) {
        return property.equals("bounds") && entry.getValue().size() > SizeLimits.elements(entry.getKey(), content);
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
