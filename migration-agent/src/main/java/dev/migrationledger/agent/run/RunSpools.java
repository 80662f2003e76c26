package dev.migrationledger.agent.run;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.spool.Spool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where runs keep their events until a ledger has them. A spool has one process at a time, so runs at the same time take
 * different ones; runs one after the other take the same, so that the ledger knows a few agents and not one for each run.
 */
record RunSpools(String project, String environment, Path folder) {

    /** More migrations at once on one machine for one database than anybody runs. */
    private static final int MOST = 16;

    static RunSpools of(
            String project, String environment, @Nullable Path folder, Map<String, String> variables) {
        return new RunSpools(project, environment, Spool.folder(folder, "run", project, environment, variables));
    }

    /** The first that no other run has; fails with what is wrong with the last where there is none. */
    Spool open(Clock clock) {
        CommandFailure refused = CommandFailure.unknown("there is no spool");
        for (Path path : places()) {
            try {
                return open(path, clock);
            } catch (CommandFailure e) {
                refused = e;
            }
        }
        throw refused;
    }

    /** Another than this one that holds something, if nobody has it. */
    List<Path> others(Spool mine) {
        return places().stream()
                .filter(path -> !path.equals(mine.path()))
                .filter(path -> Files.exists(path.resolve("spool.db")))
                .toList();
    }

    /** One of {@link #others}; nothing if it is in use. */
    Optional<Spool> reopen(Path path, Clock clock) {
        try {
            return Optional.of(open(path, clock));
        } catch (CommandFailure e) {
            return Optional.empty();
        }
    }

    private Spool open(Path path, Clock clock) {
        // Named when it is made; later the spool knows its name.
        String agent = Files.exists(path.resolve("spool.db"))
                ? null
                : "run-%08x".formatted(new SecureRandom().nextInt());
        return Spool.open(path, project, environment, agent, clock);
    }

    private List<Path> places() {
        return IntStream.rangeClosed(1, MOST).mapToObj(number -> folder.resolve("run-" + number)).toList();
    }
}
