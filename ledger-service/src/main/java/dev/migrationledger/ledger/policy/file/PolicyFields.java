package dev.migrationledger.ledger.policy.file;

import static dev.migrationledger.ledger.policy.file.PolicyMistakes.quoted;

import dev.migrationledger.contracts.text.ListText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The keys and values of one part of the file. What is missing or is not what it should be is added to the mistakes. */
final class PolicyFields {

    private final Node node;
    private final PolicyMistakes mistakes;
    private final Map<String, Node> values = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private PolicyFields(Node node, PolicyMistakes mistakes) {
        this.node = node;
        this.mistakes = mistakes;
    }

    /** @param keys that may be there */
    static PolicyFields of(Node node, List<String> keys, PolicyMistakes mistakes) {
        PolicyFields fields = any(node, "write keys with values: " + ListText.plain(keys), mistakes);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> fields.known(entry, keys));
        }
        return fields;
    }

    private void known(NodeTuple entry, List<String> keys) {
        if (entry.getKeyNode() instanceof ScalarNode key && !keys.contains(key.getValue())) {
            mistakes.add(key, "unknown key %s; write %s".formatted(quoted(key.getValue()),
                    ListText.or(ListText.quoted(keys))));
        }
    }

    /** With any keys. */
    static PolicyFields any(Node node, String instead, PolicyMistakes mistakes) {
        PolicyFields fields = new PolicyFields(node, mistakes);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(fields::add);
        } else {
            mistakes.add(node, "%s is not a set of keys; %s".formatted(described(node), instead));
        }
        return fields;
    }

    private void add(NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            mistakes.add(entry.getKeyNode(), "a key is not a text; write a word and a colon");
            return;
        }
        values.putIfAbsent(key.getValue(), entry.getValueNode());
        Integer before = lines.putIfAbsent(key.getValue(), key.getStartMark().getLine() + 1);
        if (before != null) {
            mistakes.add(key, "the key %s appears twice, first in line %d; remove one of them".formatted(
                    quoted(key.getValue()), before));
        }
    }

    /** By key. */
    Map<String, Node> values() {
        return values;
    }

    /** Absent where it may be and is left out. */
    @Nullable
    Node value(String key) {
        return values.get(key);
    }

    /** A value that has to be there. */
    Optional<Node> required(String key, String example) {
        Node value = values.get(key);
        if (value == null && node instanceof MappingNode) {
            mistakes.add(node, "'%s' is missing; write %s: %s".formatted(key, key, example));
        }
        return Optional.ofNullable(value);
    }

    /**
     * A single value.
     *
     * @param read empty: the text is none
     * @param what it is, such as {@code a duration}
     * @param instead what to write
     */
    <T> Optional<T> scalar(Node value, Function<String, Optional<T>> read, String what, String instead) {
        Optional<T> one = value instanceof ScalarNode scalar ? read.apply(scalar.getValue()) : Optional.empty();
        if (one.isEmpty()) {
            mistakes.add(value, "%s is not %s; write %s".formatted(described(value), what, instead));
        }
        return one;
    }

    /**
     * The elements of a list that is not empty; none where it is something else.
     *
     * @param listed what its elements are
     * @param instead what to do
     */
    static List<Node> elements(Node list, String listed, String instead, PolicyMistakes mistakes) {
        if (!(list instanceof SequenceNode sequence)) {
            mistakes.add(list, "%s is not a list; %s".formatted(described(list), instead));
            return List.of();
        }
        if (sequence.getValue().isEmpty()) {
            mistakes.add(list, "the list of %s is empty; %s".formatted(listed, instead));
        }
        return sequence.getValue();
    }

    /**
     * One value or a list of them.
     *
     * @param listed what several of them are called
     */
    <T> List<T> oneOrMore(
            Node value, Function<String, Optional<T>> reader, String what, String instead, String listed) {
        List<Node> nodes = value instanceof SequenceNode
                ? elements(value, listed, "name at least one", mistakes)
                : List.of(value);
        List<T> read = new ArrayList<>();
        nodes.forEach(node -> scalar(node, reader, what, instead).ifPresent(read::add));
        return read;
    }

    private static String described(Node node) {
        return switch (node) {
            case ScalarNode scalar when scalar.getValue().isEmpty() -> "nothing";
            case ScalarNode scalar -> quoted(scalar.getValue());
            case SequenceNode _ -> "a list";
            default -> "a set of keys";
        };
    }
}
