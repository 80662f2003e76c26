package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.core.merkle.CompactRange;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where a round is: the row of {@code ledger.evidence_check}.
 *
 * @param range the leaves before, as their rows make them
 * @param eventsTo position of the last event among them
 * @param signaturesTo id of the last signature among them
 * @param goodTo leaves that make the root of a signed checkpoint; -1 after one that did not match
 * @param found by this round
 * @param completedAt the end of the last complete round; absent before the first
 */
record CheckedTo(CompactRange range, long eventsTo, long signaturesTo, long goodTo, List<Tampering> found,
        Instant startedAt, Instant pieceAt, @Nullable Instant completedAt, @Nullable Long completedSize) {

    CheckedTo {
        found = List.copyOf(found);
    }

    /** What a round stores of its findings. */
    private record Found(List<Tampering> places) {}

    static CheckedTo read(JdbcClient database) {
        return database.sql("""
                select leaf, hashes, events_to, signatures_to, good_to, found,
                greatest(started_at, 'epoch'), greatest(piece_at, 'epoch'), completed_at, completed_size
                from ledger.evidence_check
                """).query(CheckedTo::of).single();
    }

    private static CheckedTo of(ResultSet row, int number) throws SQLException {
        byte[] hashes = row.getBytes(2);
        List<LogHash> range = new ArrayList<>();
        for (int from = 0; from < hashes.length; from += LogHash.BYTES) {
            range.add(LogHash.of(Arrays.copyOfRange(hashes, from, from + LogHash.BYTES)));
        }
        Timestamp completed = row.getTimestamp(9);
        return new CheckedTo(CompactRange.of(row.getLong(1), range), row.getLong(3), row.getLong(4), row.getLong(5),
                StoredJson.read(row.getString(6), Found.class).places, row.getTimestamp(7).toInstant(),
                row.getTimestamp(8).toInstant(), completed == null ? null : completed.toInstant(),
                row.getObject(10, Long.class));
    }

    void write(JdbcClient database) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        range.hashes().forEach(hash -> hashes.writeBytes(hash.bytes()));
        database.sql("""
                update ledger.evidence_check set leaf = ?, hashes = ?, events_to = ?, signatures_to = ?, good_to = ?,
                found = ?::json, started_at = ?, piece_at = ?, completed_at = ?, completed_size = ?
                """)
                .params(range.size(), hashes.toByteArray(), eventsTo, signaturesTo, goodTo,
                        StoredJson.write(new Found(found)), Timestamp.from(startedAt), Timestamp.from(pieceAt))
                .param(completedAt == null ? null : Timestamp.from(completedAt))
                .param(completedSize)
                .update();
    }

    /** A new round, from the first leaf. Positions that the ledger never gives, such as 0, are looked at, too. */
    CheckedTo again(Instant now) {
        return new CheckedTo(new CompactRange(), Long.MIN_VALUE, Long.MIN_VALUE, 0, List.of(), now, now, completedAt,
                completedSize);
    }

    CheckedTo completed(Instant now) {
        return new CheckedTo(range, eventsTo, signaturesTo, goodTo, found, startedAt, now, now, range.size());
    }

    /** The same with what else was found. */
    List<Tampering> foundWith(List<Tampering> more) {
        Set<Tampering> all = new LinkedHashSet<>(found);
        all.addAll(more);
        return all.stream().limit(CheckDecisions.MOST).toList();
    }
}
