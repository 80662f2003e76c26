package dev.migrationledger.agent.rehearsal;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.database.ScratchDatabase;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ToolAction;
import dev.migrationledger.agent.tool.ToolFailure;
import dev.migrationledger.contracts.text.Redaction;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The project's own migration tool, run on one scratch database after the other. */
final class ProjectTool {

    /** The end of what a tool writes says why it failed. */
    private static final int MOST_BYTES = 1 << 18;

    private static final Pattern VERSION = Pattern.compile("\\b\\d+\\.\\d+\\S*");

    private final MigrationTool tool;
    private final MergedScripts scripts;
    private final ToolSettings settings;
    private final Path output;
    private @Nullable Process running;
    private boolean stopped;

    /** @param output a file for what the tool writes, which only this user may read */
    ProjectTool(MigrationTool tool, MergedScripts scripts, ToolSettings settings, Path output) {
        this.tool = tool;
        this.scripts = scripts;
        this.settings = settings;
        this.output = output;
    }

    /**
     * How a call ended.
     *
     * @param failure absent: it succeeded
     */
    record Result(int exitCode, String output, @Nullable ToolFailure failure) {}

    /** Its name and version; absent where it does not say. */
    Optional<String> version() {
        Result result = run(new ToolAction.ShowVersion(), Map.of());
        Matcher version = VERSION.matcher(result.output);
        return result.failure == null && version.find()
                ? Optional.of(tool.title() + " " + version.group())
                : Optional.empty();
    }

    Result run(ToolAction action, ScratchDatabase database) {
        try {
            scripts.use(tool, database.urlText());
        } catch (IOException e) {
            throw CommandFailure.unknown("The copy of the configuration cannot be written: %s.".formatted(
                    e.getMessage()));
        }
        Map<String, String> variables = new HashMap<>(Map.of(settings.urlVariable(), database.urlText(),
                // For those who leave the address to libpq.
                "PGDATABASE", database.name()));
        if (settings.nameVariable() != null) {
            variables.put(settings.nameVariable(), database.name());
        }
        return run(action, variables);
    }

    private Result run(ToolAction action, Map<String, String> variables) {
        List<String> command = tool.call(scripts.location(), settings.program(), action);
        ProcessBuilder builder = new ProcessBuilder(command).directory(scripts.location().workingDirectory().toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(variables);
        // The copy links to the project's own folders.
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        try {
            Process process = start(builder);
            boolean ended = process.waitFor(settings.limit().toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                stop(process);
                return new Result(process.waitFor(), "",
                        new ToolFailure(null, "it took longer than %d s".formatted(settings.limit().toSeconds())));
            }
            String text = output();
            int code = process.exitValue();
            return new Result(code, text, code == 0 ? null : withoutSecrets(tool.failure(text)));
        } catch (IOException e) {
            throw CommandFailure.unknown("'%s' cannot be started; install it, or name the command with --command."
                    .formatted(Paint.plain(command.getFirst())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.unknown("The rehearsal was interrupted.");
        }
    }

    private ToolFailure withoutSecrets(ToolFailure failure) {
        return new ToolFailure(failure.script(), Redaction.of(failure.error()));
    }

    private synchronized Process start(ProcessBuilder builder) throws IOException {
        if (stopped) {
            throw CommandFailure.unknown("The rehearsal was stopped.");
        }
        Process process = builder.start();
        running = process;
        return process;
    }

    private String output() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(MOST_BYTES, file.length())];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Ends what runs, for good. For another thread. */
    synchronized void stop() {
        stopped = true;
        if (running != null) {
            stop(running);
        }
    }

    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
