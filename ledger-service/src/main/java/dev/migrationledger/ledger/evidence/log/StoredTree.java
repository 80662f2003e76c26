package dev.migrationledger.ledger.evidence.log;

import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.core.merkle.CompactRange;
import dev.migrationledger.core.merkle.Subtree;
import dev.migrationledger.core.merkle.SubtreeHashes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tree as it is stored: leaves, and every eighth level above them. It reads tiles of 256 hashes and computes the levels between. Keeps the tiles that it
 * used last, so one is made for each answer or export.
 */
public final class StoredTree implements SubtreeHashes {

    /** Levels between two that are stored. */
    static final int STEP = 8;

    /** Hashes of a full tile. */
    static final int TILE = 1 << STEP;

    /** A proof needs two tiles on each level, and neighbours need the same ones. */
    private static final int KEPT = 32;

    private final JdbcClient database;
    private final Map<Subtree, List<LogHash>> tiles = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Subtree, List<LogHash>> eldest) {
            return size() > KEPT;
        }
    };

    StoredTree(JdbcClient database) {
        this.database = database;
    }

    @Override
    public LogHash of(Subtree subtree) {
        int within = subtree.level() % STEP;
        int stored = subtree.level() - within;
        long first = subtree.index() << within;
        List<LogHash> tile = tile(stored, first / TILE, (int) (first % TILE) + (1 << within));
        CompactRange range = new CompactRange();
        int from = (int) (first % TILE);
        tile.subList(from, from + (1 << within)).forEach(range::append);
        return range.root();
    }

    /**
     * The first hashes of a tile.
     *
     * @param level of the hashes: 0 for leaves, 8, 16 and so on
     * @param needed how many it must have at least
     * @throws IllegalStateException if some of them are not stored
     */
    private List<LogHash> tile(int level, long number, int needed) {
        Subtree key = new Subtree(level, number);
        List<LogHash> tile = tiles.get(key);
        if (tile == null || tile.size() < needed) {
            tile = stored(level, number);
            tiles.put(key, tile);
        }
        if (tile.size() < needed) {
            throw new IllegalStateException(
                    "the evidence log lacks hashes of level " + level + " after " + (number * TILE + tile.size()));
        }
        return tile;
    }

    /** The hashes of a tile as they are stored now. */
    List<LogHash> stored(int level, long number) {
        return (level == 0
                ? database.sql("select hash from ledger.log_leaf where leaf >= ? and leaf < ? order by leaf")
                        .params(number * TILE, (number + 1) * TILE)
                : database.sql(
                        "select hash from ledger.log_subtree where level = ? and number >= ? and number < ? order by number")
                        .params(level, number * TILE, (number + 1) * TILE))
                .query((row, _) -> LogHash.of(row.getBytes(1)))
                .list();
    }
}
