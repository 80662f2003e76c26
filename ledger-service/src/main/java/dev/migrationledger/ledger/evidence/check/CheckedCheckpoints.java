package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.contracts.log.Tampering.Kind;
import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.core.checkpoint.Checkpoint;
import dev.migrationledger.core.checkpoint.SignedNote;
import dev.migrationledger.ledger.evidence.log.Checkpoints.StoredNote;
import dev.migrationledger.ledger.evidence.log.Checkpoints;
import dev.migrationledger.ledger.evidence.log.LogKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the kept checkpoints: their signatures, their numbers, and whether the log still has as many leaves. */
final class CheckedCheckpoints {

    private final Checkpoints checkpoints;
    private final LogKey key;

    /** Notes whose signature was verified: they are read for each piece, and verified once. */
    private final Map<String, Checkpoint> verified = new HashMap<>();

    CheckedCheckpoints(Checkpoints checkpoints, LogKey key) {
        this.checkpoints = checkpoints;
        this.key = key;
    }

    /** @param bySize those that are signed */
    record Result(Map<Long, Checkpoint> bySize, List<Tampering> found) {}

    /** @param leaves that the log has */
    Result check(long leaves) {
        Map<Long, Checkpoint> bySize = new HashMap<>();
        List<Tampering> found = new ArrayList<>();
        long largest = 0;
        long expected = 1;
        for (StoredNote stored : checkpoints.notes()) {
            if (stored.number() > expected) {
                found.add(new Tampering(Kind.CHECKPOINT_MISSING, expected, stored.number() - 1, null));
            }
            expected = stored.number() + 1;
            Optional<Checkpoint> checkpoint = signed(stored.note());
            if (checkpoint.filter(it -> it.size() == stored.size()).isEmpty()) {
                found.add(new Tampering(Kind.CHECKPOINT_CHANGED, stored.number(), stored.number(), null));
            } else {
                bySize.put(stored.size(), checkpoint.get());
                largest = Math.max(largest, stored.size());
            }
        }
        if (largest > leaves) {
            found.add(new Tampering(Kind.LEAVES_MISSING, leaves, largest - 1, null));
        }
        return new Result(bySize, found);
    }

    /** Under the name that it has: the ledger may have had another one then. */
    private Optional<Checkpoint> signed(String text) {
        Checkpoint known = verified.get(text);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            SignedNote note = SignedNote.parse(text);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (note.signedBy(key.noteKey().named(checkpoint.origin()))) {
                verified.put(text, checkpoint);
                return Optional.of(checkpoint);
            }
            return Optional.empty();
        } catch (IllegalArgumentException notACheckpoint) {
            return Optional.empty();
        }
    }
}
