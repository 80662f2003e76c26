package dev.migrationledger.agent.python.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a function or lambda takes, in order. */
public record Parameters(List<Parameter> all) {

    public static final Parameters NONE = new Parameters(List.of());

    public record Parameter(
            String name,
            Kind kind,
            @Nullable Expression annotation,
            @Nullable Expression defaultValue) {}

    public enum Kind {
        POSITIONAL_ONLY,
        POSITIONAL_OR_NAMED,
        /** {@code *args} */
        REST,
        NAMED_ONLY,
        /** {@code **kwargs} */
        NAMED_REST
    }
}
