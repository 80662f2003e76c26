package dev.migrationledger.agent.rehearsal;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the project's migration tool is run on a scratch database.
 *
 * @param program words that start it; none: as it is installed
 * @param urlVariable environment variable in which the project reads the URL of its database
 * @param nameVariable environment variable in which it reads the database's name alone; absent: it reads none
 * @param limit how long one call may take
 */
public record ToolSettings(List<String> program, String urlVariable, @Nullable String nameVariable, Duration limit) {
    public ToolSettings {
        program = List.copyOf(program);
    }
}
