package dev.migrationledger.agent.tool.alembic.write;

import dev.migrationledger.agent.python.symbolic.ImportedNames.Option;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says of new files, as it is written there.
 *
 * @param fileTemplate absent: Alembic's own
 * @param timezone absent: the machine's, which is not written
 * @param slugLength {@code truncate_slug_length}; absent: Alembic's own
 * @param encoding {@code output_encoding}; absent: UTF-8
 * @param hooks names of {@code post_write_hooks}, which Alembic runs and this agent does not
 * @param options of the configuration by name, as a template may ask for them
 */
public record WriteSettings(
        @Nullable String fileTemplate,
        @Nullable String timezone,
        @Nullable String slugLength,
        @Nullable String encoding,
        List<String> hooks,
        Function<String, Option> options) {
    public WriteSettings {
        hooks = List.copyOf(hooks);
    }

    /** With another time zone. */
    WriteSettings in(@Nullable String zone) {
        return new WriteSettings(fileTemplate, zone, slugLength, encoding, hooks, options);
    }
}
