package dev.migrationledger.agent.mcp.protocol;

import java.util.List;

/**
 * What a tool may be asked. All arguments are short texts: names, ids, times.
 *
 * @param description a sentence for models
 * @param choices the only values; empty: any text
 */
public record ToolParameter(String name, String description, boolean required, List<String> choices) {

    public ToolParameter {
        choices = List.copyOf(choices);
    }

    public static ToolParameter required(String name, String description) {
        return new ToolParameter(name, description, true, List.of());
    }

    public static ToolParameter optional(String name, String description) {
        return new ToolParameter(name, description, false, List.of());
    }

    public static ToolParameter choice(String name, String description, List<String> choices) {
        return new ToolParameter(name, description, false, choices);
    }
}
