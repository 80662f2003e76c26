package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.TypedNames;
import dev.migrationledger.agent.mcp.protocol.ToolArguments;
import dev.migrationledger.agent.mcp.protocol.ToolParameter;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which project a call is about, and what else several tools are asked.
 *
 * @param fixed the only one, which calls do not name; absent: they name it
 */
record ProjectChoice(@Nullable String fixed) {

    static final ToolParameter ENVIRONMENT = ToolParameter.required("environment",
            "Name of the environment, such as production. 'environments' lists them.");

    static final ToolParameter AT = ToolParameter.optional("at",
            "A moment in the past, such as 2026-03-01T12:00:00Z. Left out: now.");

    /** With the project in front, where calls name it. */
    List<ToolParameter> required(ToolParameter... others) {
        return with(ToolParameter.required("project", "Name of the project. 'environments' lists all."), others);
    }

    /** Likewise, where it may be left out. */
    List<ToolParameter> optional(ToolParameter... others) {
        return with(ToolParameter.optional("project", "Name of a project. Left out: all projects."), others);
    }

    private List<ToolParameter> with(ToolParameter project, ToolParameter... others) {
        return fixed == null ? Stream.concat(Stream.of(project), Stream.of(others)).toList() : List.of(others);
    }

    /** The one that a call is about. */
    String of(ToolArguments arguments) {
        return fixed == null ? TypedNames.check("project", arguments.required("project")) : fixed;
    }

    /** The same where it may be left out; empty: all. */
    Optional<String> ofAny(ToolArguments arguments) {
        return fixed == null
                ? arguments.optional("project").map(it -> TypedNames.check("project", it))
                : Optional.of(fixed);
    }

    static String environment(ToolArguments arguments, String parameter) {
        return TypedNames.check("environment", arguments.required(parameter));
    }

    /** As the ledger reads it. */
    static Optional<String> at(ToolArguments arguments) {
        return arguments.optional("at").map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant().toString();
            } catch (DateTimeException e) {
                throw CommandFailure.usage("'%s' is not a time; write 2026-03-01T12:00:00Z.".formatted(text));
            }
        });
    }
}
