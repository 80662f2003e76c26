package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.ledger.evidence.log.LogAppender;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.context.ApplicationContext;

/** Events of the first entries, made by SQL, with their leaves of the evidence log. */
record ProvedEvents(ApplicationContext ledger, String url, long events) {

    void load() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            sql.execute("""
                    insert into ledger.event (global_index, event_identifier, stream, sequence_number, stream_type,
                    payload_type, payload_revision, payload, metadata, time_stamp) overriding system value
                    select i, gen_random_uuid(), 'navbot/filled-' || i / 10000, i, 'stream', 'agent.head-detected', '1',
                    convert_to('{"type":"agent.head-detected.v1","heads":["' || repeat(md5(i::text), 16) || '"]}', 'UTF8'),
                    convert_to('{"eventId":"' || gen_random_uuid() || '","project":"navbot","environment":"filled",'
                    || '"origin":{"agent":"watcher","epoch":"' || gen_random_uuid() || '","sequence":' || i || '}}', 'UTF8'),
                    now()::text
                    from generate_series(1, %d) i on conflict do nothing""".formatted(events));
            sql.execute("vacuum (analyze) ledger.event");
        }
        LogAppender appender = ledger.getBean(LogAppender.class);
        while (!appender.due().isEmpty()) {
            appender.run(new StreamId.Organisation());
        }
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            sql.execute("vacuum (analyze) ledger.log_leaf");
        }
    }
}
