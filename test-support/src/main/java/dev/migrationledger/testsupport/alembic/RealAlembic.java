package dev.migrationledger.testsupport.alembic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.alembic.PreloadedAlembic.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Alembic of this machine, as if typed in the folder of a project. A command is a process of its own, forked from a Python that
 * has loaded Alembic already: that takes a tenth of the time.
 */
public final class RealAlembic {

    /** Those not in use; the end of the JVM ends them, because it closes their input. */
    private static final Deque<PreloadedAlembic> IDLE = new ArrayDeque<>();

    private final Python python;
    private final Path project;
    private final Map<String, String> environment;

    private RealAlembic(Python python, Path project, Map<String, String> environment) {
        this.python = python;
        this.project = project;
        this.environment = environment;
    }

    /** In a folder with an {@code alembic.ini}; skips the test where there is no Alembic. */
    public static RealAlembic in(Path project) {
        return in(project, Map.of());
    }

    /** With environment variables for each command. */
    public static RealAlembic in(Path project, Map<String, String> environment) {
        return new RealAlembic(Python.withAlembic(), project, environment);
    }

    /** Runs a command that works; what it wrote. */
    public String run(String... arguments) throws IOException {
        return run(Map.of(), arguments);
    }

    /** Likewise, with further environment variables. */
    public String run(Map<String, String> variables, String... arguments) throws IOException {
        Answer answer = answer(variables, arguments);
        assertThat(answer.code()).as("alembic %s: %s", List.of(arguments), answer.output()).isZero();
        return answer.output();
    }

    /** Runs a command that fails; what it wrote. */
    public String fail(String... arguments) throws IOException {
        Answer answer = answer(Map.of(), arguments);
        assertThat(answer.code()).as("alembic %s: %s", List.of(arguments), answer.output()).isNotZero();
        return answer.output();
    }

    private Answer answer(Map<String, String> variables, String... arguments) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables);
        PreloadedAlembic alembic = take();
        Answer answer = alembic.run(project, all, List.of(arguments));
        give(alembic);
        return answer;
    }

    private PreloadedAlembic take() throws IOException {
        synchronized (IDLE) {
            if (!IDLE.isEmpty()) {
                return IDLE.pop();
            }
        }
        // Otherwise a script that is changed within a second could be taken from the cache that Python has made of it.
        return new PreloadedAlembic(python.interpreter(), Map.of("PYTHONDONTWRITEBYTECODE", "1"));
    }

    private static void give(PreloadedAlembic alembic) {
        synchronized (IDLE) {
            IDLE.push(alembic);
        }
    }
}
