package dev.migrationledger.ledger.backup;

import dev.migrationledger.ledger.view.RebuildViews;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that a command names.
 *
 * @param settings of Spring Boot, which follow it
 */
record BackupFile(Path path, List<String> settings) {

    /** Absent: the arguments are not a file and settings. */
    static @Nullable BackupFile in(List<String> arguments) {
        List<String> settings = arguments.stream().skip(1).toList();
        return arguments.isEmpty() || arguments.getFirst().startsWith("--")
                || !RebuildViews.areSettings(settings)
                        ? null
                        : new BackupFile(Path.of(arguments.getFirst()), settings);
    }
}
