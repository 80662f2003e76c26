package dev.migrationledger.agent.watch;

import java.io.IOException;
import java.util.List;

/** What changes the version table: a real Alembic where there is one, or else the statements that it would send. */
interface Migrations extends AutoCloseable {

    void upgrade(String revision) throws Exception;

    void downgrade(String revision) throws Exception;

    /** Purges first, so that it leads from anywhere. */
    void stamp(List<String> revisions) throws Exception;

    @Override
    void close() throws IOException;
}
