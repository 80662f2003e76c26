package dev.migrationledger.agent.database;

/** No other deploy of this agent's kind changes a version table until this is closed, or its process ends. Nobody else waits for it. */
public interface DeployLock extends AutoCloseable {

    @Override
    void close();
}
