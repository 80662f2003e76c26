package dev.migrationledger.agent.database.postgresql.schema.tree;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stored tree as it is written, without a thought for what it means. */
sealed interface Node {

    Node NOTHING = new Word("<>");

    /** {@code {TAG :field value …}}. */
    record Struct(String tag, Map<String, Node> fields) implements Node {

        Node get(String field) {
            return fields.getOrDefault(field, NOTHING);
        }

        /** Of a field that holds a word; {@code <>} where there is none. */
        String word(String field) {
            return get(field) instanceof Word word ? word.text : "<>";
        }

        long number(String field) {
            String word = word(field);
            return word.equals("<>") ? 0 : Long.parseLong(word);
        }

        boolean flag(String field) {
            return word(field).equals("true");
        }

        List<Node> items(String field) {
            return get(field) instanceof Items items ? items.items : List.of();
        }
    }

    /**
     * {@code (…)}.
     *
     * @param kind {@code o}, {@code i}, {@code b} or {@code x} for lists and sets of numbers; absent for others
     */
    record Items(@Nullable String kind, List<Node> items) implements Node {}

    /** A number, a name, a truth value, or {@code <>} for nothing. */
    record Word(String text) implements Node {}

    /** The value of a constant, as it lies in the server's memory. */
    record Bytes(List<Byte> bytes) implements Node {

        byte[] toArray() {
            byte[] array = new byte[bytes.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = bytes.get(i);
            }
            return array;
        }
    }
}
