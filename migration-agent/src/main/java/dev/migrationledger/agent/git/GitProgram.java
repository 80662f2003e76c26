package dev.migrationledger.agent.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs Git in a folder. It reads the repository and does nothing else. */
final class GitProgram {

    private static final long SECONDS = 30;
    private static final int MOST_BYTES = 16 << 20;

    /** Settings with which a repository can have Git run a program or ask a person, in any command. */
    private static final List<String> GIT = List.of("git", "--no-pager", "--no-optional-locks", "--no-replace-objects",
            "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.sshCommand=false",
            "-c", "protocol.allow=never", "-c", "log.showSignature=false", "-c", "log.mailmap=true");

    private final Path folder;

    GitProgram(Path folder) {
        this.folder = folder;
    }

    /** How a command ended, and what it wrote to its standard output. */
    static final class Result {
        private final int exitCode;
        private final byte[] bytes;

        private Result(int exitCode, byte[] bytes) {
            this.exitCode = exitCode;
            this.bytes = bytes;
        }

        int exitCode() {
            return exitCode;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    /** What a command writes; absent where it fails, takes too long or writes too much, and where there is no Git. */
    Optional<byte[]> output(String... command) {
        return run(new byte[0], command).filter(result -> result.exitCode == 0).map(Result::bytes);
    }

    /**
     * Runs a command to its end; absent where it takes too long or writes too much, and where there is no Git.
     *
     * @param input that it reads; it writes nothing before it has all of it
     */
    Optional<Result> run(byte[] input, String... command) {
        List<String> all = new ArrayList<>(GIT);
        all.addAll(Arrays.asList(command));
        ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // A hook of Git's has variables that lead into another repository. Configuration by variables is the user's own.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_") && !name.startsWith("GIT_CONFIG"));
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_NO_LAZY_FETCH", "1");
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            Process git = builder.start();
            // Reading would wait for a Git that hangs.
            CompletableFuture<Process> ended = git.onExit().orTimeout(SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> git.destroyForcibly());
            try (InputStream output = git.getInputStream()) {
                try (OutputStream in = git.getOutputStream()) {
                    in.write(input);
                }
                byte[] bytes = output.readNBytes(MOST_BYTES + 1);
                return bytes.length > MOST_BYTES
                        ? Optional.empty()
                        : Optional.of(new Result(ended.join().waitFor(), bytes));
            } finally {
                git.destroyForcibly();
            }
        } catch (IOException absent) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
