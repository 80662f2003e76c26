package dev.migrationledger.agent.mcp.protocol;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.text.ListText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The arguments of one call: known ones only, each a text. */
public final class ToolArguments {

    /** Longer than any name, id or time. */
    private static final int LONGEST = 300;

    private final Map<String, String> values;

    private ToolArguments(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** These; fails with a sentence for the model if they are not what the parameters ask for. */
    static ToolArguments of(JsonNode given, List<ToolParameter> parameters) {
        List<String> known = parameters.stream().map(ToolParameter::name).toList();
        Map<String, String> values = new HashMap<>();
        given.properties().forEach(one -> {
            ToolParameter parameter = parameters.stream().filter(it -> it.name().equals(one.getKey())).findFirst()
                    .orElseThrow(() -> CommandFailure.usage("The argument '%s' is unknown; %s."
                            .formatted(shortened(one.getKey()), known.isEmpty()
                                    ? "this tool takes none"
                                    : "this tool takes " + ListText.and(known))));
            if (!one.getValue().isNull()) {
                values.put(parameter.name(), checked(parameter, one.getValue()));
            }
        });
        parameters.stream().filter(it -> it.required() && !values.containsKey(it.name())).findFirst().ifPresent(it -> {
            throw CommandFailure.usage("The argument '%s' is missing: %s".formatted(it.name(), it.description()));
        });
        return new ToolArguments(values);
    }

    private static String checked(ToolParameter parameter, JsonNode value) {
        if (!value.isString()) {
            throw CommandFailure.usage("The argument '%s' is not a text; write it in quotes.".formatted(
                    parameter.name()));
        }
        String text = value.asString().strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw CommandFailure.usage("The argument '%s' has %d characters; write 1 to %d.".formatted(
                    parameter.name(), text.length(), LONGEST));
        }
        if (!parameter.choices().isEmpty() && !parameter.choices().contains(text)) {
            throw CommandFailure.usage("'%s' is not a value of '%s'; write %s.".formatted(shortened(text),
                    parameter.name(), ListText.or(parameter.choices())));
        }
        return text;
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** Of a parameter that is required. */
    public String required(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not required"));
    }

    public Optional<String> optional(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
