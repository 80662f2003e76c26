package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The agent as a process of its own, from this build's classes. */
public record AgentProcess(Process process) implements AutoCloseable {

    public static AgentProcess start(Path directory, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out(directory)))
                .redirectError(ProcessBuilder.Redirect.appendTo(log(directory)));
        builder.environment().remove("DATABASE_URL");
        builder.environment().putAll(environment);
        return new AgentProcess(builder.start());
    }

    public static File log(Path directory) {
        return directory.resolve("agent.log").toFile();
    }

    static File out(Path directory) {
        return directory.resolve("agent.out").toFile();
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As SIGTERM; gives the exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        return exit();
    }

    public int exit() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the agent does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
