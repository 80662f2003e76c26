package dev.migrationledger.ledger.embedded;

import dev.migrationledger.ledger.platform.StartupFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a cluster's server again when it ends without having been asked to: a machine short of memory kills it, and the
 * ledger would refuse everything until a person comes.
 */
final class PostgresSupervisor {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSupervisor.class);

    /** What the server left behind, such as shared memory in use, is gone soon; a full disk may take longer. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final PostgresCluster cluster;
    private final Start start;
    private Optional<ProcessHandle> server = Optional.empty();
    private boolean wanted = true;

    /** Starts the server and waits until it answers. */
    interface Start {
        void run() throws IOException;
    }

    /** Of a server that runs already. */
    PostgresSupervisor(PostgresCluster cluster, Start start) throws IOException {
        this.cluster = cluster;
        this.start = start;
        // Whatever happened since it was started: one without a process is started again.
        watch();
    }

    private void watch() throws IOException {
        server = cluster.started();
        Optional<ProcessHandle> watched = server;
        Thread.ofVirtual().name("embedded-postgresql").start(() -> {
            watched.ifPresent(process -> process.onExit().join());
            startAgain();
        });
    }

    private synchronized void startAgain() {
        if (wanted) {
            LOG.warn("The embedded PostgreSQL stopped unexpectedly; restarting it.");
        }
        String lastMessage = "";
        while (wanted) {
            try {
                start.run();
                LOG.info("The embedded PostgreSQL is running again.");
                watch();
                return;
            } catch (IOException | StartupFailure e) {
                String message = String.valueOf(e.getMessage());
                if (!message.equals(lastMessage)) {
                    lastMessage = message;
                    LOG.error("The embedded PostgreSQL does not start; retrying every {} s: {}", PAUSE.toSeconds(),
                            message);
                }
            }
            pause();
        }
    }

    /** Lets go of the lock meanwhile, so that it can be stopped at any time. */
    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, and woken early it only tries earlier
    private void pause() {
        try {
            wait(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wanted = false;
        }
    }

    /** Ends the server cleanly, and leaves it ended. */
    synchronized void stop() throws IOException {
        wanted = false;
        notifyAll();
        if (server.filter(ProcessHandle::isAlive).isPresent()) {
            cluster.stop();
        }
    }
}
