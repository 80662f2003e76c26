package dev.migrationledger.ledger.recording.automation;

import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.store.PositionedEvent;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An automation that is handed every event of the ledger, in the order of their positions, at least once. A new one begins with the first event.
 */
public final class EventFollower implements Automation<StreamId.Organisation> {

    /** Events that are handed over at once. After a crash as many come once more at most. */
    private static final int PAGE = 500;

    private final String name;
    private final EventLog log;
    private final JdbcClient database;
    private final Consumer<List<PositionedEvent>> handler;
    private final BooleanSupplier needed;

    /**
     * @param name see {@link #name()}
     * @param handler at the return of which the events are handled; if it throws, they come again
     */
    public EventFollower(String name, EventLog log, JdbcClient database, Consumer<List<PositionedEvent>> handler) {
        this(name, log, database, handler, () -> true);
    }

    /**
     * One that passes over the log while no one needs its events.
     *
     * @param needed whether someone needs them; asked after it is known up to where they are recorded
     */
    public EventFollower(String name, EventLog log, JdbcClient database, Consumer<List<PositionedEvent>> handler,
            BooleanSupplier needed) {
        this.needed = needed;
        this.name = name;
        this.log = log;
        this.database = database;
        this.handler = handler;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<StreamId.Organisation> due() {
        return log.end() > cursor() ? Set.of(new StreamId.Organisation()) : Set.of();
    }

    @Override
    public void run(StreamId.Organisation everything) {
        run(everything, () -> false);
    }

    @Override
    public void run(StreamId.Organisation everything, BooleanSupplier stopping) {
        long end = log.end();
        if (!needed.getAsBoolean()) {
            moveTo(end);
            return;
        }
        for (List<PositionedEvent> page = next(); !page.isEmpty(); page = next()) {
            handler.accept(page);
            moveTo(page.getLast().position());
            if (stopping.getAsBoolean()) {
                return;
            }
        }
    }

    private void moveTo(long position) {
        database.sql("""
                insert into ledger.automation_cursor (automation, position) values (?, ?)
                on conflict (automation) do update set position = excluded.position
                """).params(name, position).update();
    }

    private List<PositionedEvent> next() {
        return log.after(cursor(), PAGE);
    }

    private long cursor() {
        return database.sql("select position from ledger.automation_cursor where automation = ?")
                .param(name)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}
