package dev.migrationledger.contracts.environment;

import dev.migrationledger.contracts.event.VersionTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line about an environment; {@link EnvironmentReport} says the rest and what each part means. */
public record EnvironmentSummary(
        String environment,
        Map<String, String> labels,
        @Nullable VersionTable versionTable,
        List<String> heads,
        @Nullable Instant observedAt,
        @Nullable Instant recordedAt,
        @Nullable Retirement retired) {
    public EnvironmentSummary {
        labels = Map.copyOf(labels);
        heads = List.copyOf(heads);
    }
}
