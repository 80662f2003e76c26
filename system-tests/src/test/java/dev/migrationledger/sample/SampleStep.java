package dev.migrationledger.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one revision's upgrade sends to PostgreSQL, as Alembic's offline mode printed it.
 *
 * @param parent absent for the base
 */
record SampleStep(String revision, @Nullable String parent, String sql) {

    private static final String HEADING = "-- Running upgrade ";

    /** Every step of a folder, by its revision. */
    static Map<String, SampleStep> readAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, SampleStep> steps = new LinkedHashMap<>();
            files.sorted().map(SampleStep::read).forEach(step -> steps.put(step.revision(), step));
            return steps;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SampleStep read(Path file) {
        try {
            String text = Files.readString(file);
            String heading = text.lines().findFirst().orElse("");
            int arrow = heading.indexOf(" -> ");
            if (!heading.startsWith(HEADING) || arrow < 0) {
                throw new IllegalStateException(file + " does not begin with '" + HEADING + "PARENT -> REVISION'");
            }
            String parent = heading.substring(HEADING.length(), arrow).strip();
            return new SampleStep(
                    heading.substring(arrow + " -> ".length()).strip(),
                    parent.isEmpty() ? null : parent,
                    text.substring(heading.length()).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The steps from the base to a revision, in the order in which they run. */
    static List<SampleStep> upTo(String revision, Map<String, SampleStep> steps) {
        List<SampleStep> path = new ArrayList<>();
        for (String next = revision; next != null;) {
            SampleStep step = steps.get(next);
            if (step == null) {
                throw new IllegalArgumentException(
                        "there is no revision '" + next + "'; there are " + String.join(", ", steps.keySet()));
            }
            path.addFirst(step);
            next = step.parent();
        }
        return path;
    }
}
