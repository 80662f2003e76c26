package dev.migrationledger.agent.mcp.protocol;

import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Redaction;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an answer small enough for a model to read, hides what looks like a secret, and says what was cut. Texts of others stay texts: they
 * become no keys, and no part of a sentence of ours is taken for theirs.
 */
final class AnswerBounds {

    /** The field that says what was cut. */
    static final String CUT = "cut";

    /** In characters of JSON; about 15,000 tokens. */
    static final int LARGEST = 60_000;

    /** What is longer is not searched for secrets as a whole. */
    private static final int SEARCHED = 1 << 17;

    /** Tried in turn until the answer fits. */
    private static final List<AnswerBounds> ATTEMPTS = List.of(new AnswerBounds(100, 8_000),
            new AnswerBounds(50, 4_000), new AnswerBounds(20, 2_000), new AnswerBounds(10, 500),
            new AnswerBounds(3, 200));

    private final int entries;
    private final int characters;

    private AnswerBounds(int entries, int characters) {
        this.entries = entries;
        this.characters = characters;
    }

    /** The answer, bounded. */
    static ObjectNode of(ObjectNode answer) {
        ObjectNode smallest = answer;
        for (AnswerBounds bounds : ATTEMPTS) {
            List<String> cuts = new ArrayList<>();
            smallest = (ObjectNode) bounds.bounded(answer, "", cuts);
            if (!cuts.isEmpty()) {
                ArrayNode named = smallest.putArray(CUT);
                // A list in each entry of a list is cut as often as there are entries.
                cuts.stream().distinct().limit(20).forEach(named::add);
            }
            if (smallest.toString().length() <= LARGEST) {
                return smallest;
            }
        }
        return smallest;
    }

    private JsonNode bounded(JsonNode node, String place, List<String> cuts) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(one -> copy.set(one.getKey(),
                    bounded(one.getValue(), place.isEmpty() ? one.getKey() : place + "." + one.getKey(), cuts)));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < Math.min(entries, array.size()); i++) {
                copy.add(bounded(array.get(i), place, cuts));
            }
            if (array.size() > entries) {
                cuts.add("%s: %d of %s shown".formatted(place, entries, Count.of(array.size(), "item")));
            }
            return copy;
        }
        return node.isString() ? JsonNodeFactory.instance.stringNode(text(node.asString(), place, cuts)) : node;
    }

    /** Secrets are looked for before the text is cut: half a secret looks like none. */
    private String text(String text, String place, List<String> cuts) {
        String hidden = Redaction.of(text.length() <= SEARCHED ? text : text.substring(0, SEARCHED));
        if (text.length() <= SEARCHED && hidden.length() <= characters) {
            return hidden;
        }
        cuts.add("%s: the first %d of %d characters shown".formatted(place, characters, text.length()));
        int end = Math.min(characters, hidden.length());
        return hidden.substring(0, end > 0 && Character.isHighSurrogate(hidden.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
