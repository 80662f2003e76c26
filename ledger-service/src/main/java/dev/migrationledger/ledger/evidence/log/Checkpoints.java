package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.contracts.log.LogCheckpoint;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.core.checkpoint.Checkpoint;
import dev.migrationledger.core.checkpoint.SignedNote;
import dev.migrationledger.core.merkle.MerkleProofs;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The checkpoints of the log: signed states, numbered without gaps, and kept forever. */
public final class Checkpoints {

    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
    private static final String COLUMNS = "select number, size, note, made_at from ledger.checkpoint ";

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final LogKey key;
    private final Clock clock;

    Checkpoints(JdbcClient database, TransactionTemplate transaction, LogKey key, Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.key = key;
        this.clock = clock;
    }

    /** The log's state can be signed only if it extends what was signed before. */
    public static final class LogContradiction extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private LogContradiction(LogCheckpoint latest) {
            super("The evidence log does not extend checkpoint " + latest.number() + " of " + latest.size()
                    + " leaves, so the ledger signs no other. Run audit verify on an export, and compare backups.");
        }
    }

    /**
     * Signs the state of now, unless the latest checkpoint is of this state.
     *
     * @throws LogContradiction if the log does not extend the latest checkpoint: this ledger never signs both
     */
    public LogCheckpoint make() {
        return transaction.execute(_ -> {
            LogHead head = LogHead.lock(database);
            Optional<LogCheckpoint> latest = latest();
            latest.ifPresent(before -> checkExtends(before, head));
            return latest.filter(checkpoint -> checkpoint.size() == head.range().size())
                    .orElseGet(() -> store(latest.map(LogCheckpoint::number).orElse(0L) + 1, head));
        });
    }

    /** The tree of now, as stored, must begin with that of the checkpoint and end as the head says. */
    private void checkExtends(LogCheckpoint before, LogHead head) {
        StoredTree tree = new StoredTree(database);
        if (before.size() > head.range().size()
                || !MerkleProofs.root(before.size(), tree).equals(LogHash.parse(before.root()))
                || !MerkleProofs.root(head.range().size(), tree).equals(head.range().root())) {
            throw new LogContradiction(before);
        }
    }

    private LogCheckpoint store(long number, LogHead head) {
        Checkpoint checkpoint = new Checkpoint(key.noteKey().name(), head.range().size(), head.range().root());
        String note = SignedNote.sign(checkpoint.text(), key.noteKey(), key.privateKey()).note();
        Instant now = clock.instant();
        database.sql("insert into ledger.checkpoint (number, size, note, made_at) values (?, ?, ?, ?)")
                .params(number, checkpoint.size(), note, Timestamp.from(now)).update();
        // A log that is kept elsewhere keeps the root, too.
        log.atInfo().addKeyValue("number", number).addKeyValue("size", checkpoint.size())
                .addKeyValue("root", checkpoint.root().base64()).log("signed a checkpoint of the evidence log");
        return latest().orElseThrow();
    }

    public Optional<LogCheckpoint> latest() {
        return database.sql(COLUMNS + "order by number desc limit 1").query(Checkpoints::checkpoint).optional();
    }

    /**
     * A checkpoint as it is stored, without looking at it.
     *
     * @param size as its column has it
     */
    public record StoredNote(long number, long size, String note) {}

    /** All of them, from the first. */
    public List<StoredNote> notes() {
        return database.sql("select number, size, note from ledger.checkpoint order by number")
                .query((row, _) -> new StoredNote(row.getLong(1), row.getLong(2), row.getString(3))).list();
    }

    /** The latest ones before a number, the newest first. */
    public List<LogCheckpoint> before(long number, int most) {
        return database.sql(COLUMNS + "where number < ? order by number desc limit ?").params(number, most)
                .query(Checkpoints::checkpoint).list();
    }

    private static LogCheckpoint checkpoint(ResultSet row, int index) throws SQLException {
        String note = row.getString(3);
        Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
        return new LogCheckpoint(row.getLong(1), checkpoint.size(), checkpoint.root().base64(),
                row.getTimestamp(4).toInstant(), note);
    }
}
