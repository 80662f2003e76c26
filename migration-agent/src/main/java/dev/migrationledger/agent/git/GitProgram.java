package dev.migrationledger.agent.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs Git in a folder, so that it reads the repository and does nothing else. */
final class GitProgram {

    private static final long SECONDS = 10;
    private static final int MOST_BYTES = 16 << 20;

    /** Settings with which a repository can have Git run a program or ask a person, whatever the command is. */
    private static final List<String> GIT = List.of("git", "--no-pager", "--no-optional-locks", "--no-replace-objects",
            "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.sshCommand=false",
            "-c", "protocol.allow=never", "-c", "log.showSignature=false", "-c", "log.mailmap=true");

    private final Path folder;

    GitProgram(Path folder) {
        this.folder = folder;
    }

    /** What a command writes; absent where it fails, takes too long or writes too much, and where there is no Git. */
    Optional<byte[]> output(String... command) {
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
            git.getOutputStream().close();
            // Reading would wait for a Git that hangs.
            CompletableFuture<Process> ended = git.onExit().orTimeout(SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> git.destroyForcibly());
            try (InputStream output = git.getInputStream()) {
                byte[] bytes = output.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    git.destroyForcibly();
                    return Optional.empty();
                }
                return ended.join().waitFor() == 0 ? Optional.of(bytes) : Optional.empty();
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
