package dev.migrationledger.testsupport.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a program ended and what it wrote.
 *
 * @param text of standard output and standard error, in their order
 */
public record ProcessOutput(int exitCode, String text) {

    /** Runs a program without input to its end. */
    public static ProcessOutput of(ProcessBuilder program) throws IOException, InterruptedException {
        Process process = program.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ProcessOutput(process.waitFor(), text);
    }

    public static ProcessOutput of(List<String> command) throws IOException, InterruptedException {
        return of(new ProcessBuilder(command));
    }

    /**
     * Runs a line as if typed into a shell. A pipe fails with its first part, as a person would see it fail.
     *
     * @param programs a folder before those of {@code PATH}
     */
    public static ProcessOutput ofLine(String line, Path folder, Path programs, Map<String, String> environment)
            throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("bash", "-o", "pipefail", "-c", line).directory(folder.toFile());
        shell.environment().remove("ALEMBIC_CONFIG");
        shell.environment().putAll(environment);
        shell.environment().put("PATH", programs + ":" + shell.environment().get("PATH"));
        return of(shell);
    }
}
