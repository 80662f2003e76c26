package dev.migrationledger.contracts.event;

import dev.migrationledger.contracts.text.Redaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a project's migration tool is called. It holds parts, never a command line: who shows a command makes it of them.
 *
 * @param config configuration files to name, as the operator named them; none: the tool finds its own in the working folder. Absent: it is
 *     not known which configuration belongs to the scripts
 * @param section of the ini file; absent: the usual one
 * @param arguments of {@code -x}; what looks like a secret is replaced by {@code ***}
 * @param argumentsMissing whether arguments decide which database is written, and none were given
 * @param workingFolder absolute; the tool finds relative paths from there
 */
public record ToolInvocation(
        Program program,
        @Nullable List<String> config,
        @Nullable String section,
        List<String> arguments,
        boolean argumentsMissing,
        String workingFolder) {
    public ToolInvocation {
        config = config == null ? null : List.copyOf(config);
        arguments = arguments.stream().map(ToolInvocation::withoutSecret).toList();
    }

    /** The name of an argument may say that its value is a secret. */
    private static String withoutSecret(String argument) {
        int equals = argument.indexOf('=');
        return Redaction.of(equals < 0
                ? argument
                : argument.substring(0, equals + 1)
                        + Redaction.of(argument.substring(0, equals), argument.substring(equals + 1)));
    }

    /** What is called. */
    public enum Program {
        ALEMBIC,
        /** It calls Alembic and names the configuration itself. */
        FLASK_MIGRATE
    }

    /** Whether both write the same way, wherever each runs. */
    public boolean isLike(ToolInvocation other) {
        return equals(new ToolInvocation(other.program, other.config, other.section, other.arguments,
                other.argumentsMissing, workingFolder));
    }
}
