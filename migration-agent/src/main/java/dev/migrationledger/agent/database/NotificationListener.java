package dev.migrationledger.agent.database;

import java.time.Duration;

/** Reports that something was captured, so an agent need not wait for its next poll. It only ever makes an agent poll earlier. */
public interface NotificationListener extends AutoCloseable {

    /**
     * Waits.
     *
     * @return whether a notification came before the time was over
     */
    boolean await(Duration most) throws InterruptedException;

    @Override
    void close();
}
