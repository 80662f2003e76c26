package dev.migrationledger.contracts.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that an agent concluded from, or that leaves its conclusion in doubt. */
public sealed interface Clue {

    /** A clue that needs no values. */
    record Known(Fact fact) implements Clue {}

    /** What is known. */
    enum Fact {
        /** Nothing was written besides the version table. */
        NOTHING_WRITTEN,
        /** The transaction also stamped other rows. */
        OTHER_ROWS_STAMPED,
        /** Other steps of the transaction ran. */
        OTHER_STEPS_RAN,
        /** What the revision surely makes or drops did not show. */
        EXPECTED_CHANGES_MISSING,
        /** What the revision makes came between two polls, and this transaction made it. */
        EXPECTED_CHANGES_MADE,
        /** A downgrade to this row, or work by hand, would look the same. */
        OTHER_WORK_LOOKS_THE_SAME,
        /** The schema changed between two polls. */
        SCHEMA_CHANGED,
        /** The version table changed, and nothing else did; a revision that changes data only leaves no trace either. */
        ONLY_VERSION_TABLE_CHANGED,
        /** The catalogs could not be searched in the time allowed. */
        CATALOGS_NOT_SEARCHED,
        /** The transaction that wrote the version row wrote no catalog row; a restored copy looks the same. */
        NO_CATALOG_ROWS,
        /** It is a merge of revisions that were there, which seldom changes anything. */
        MERGE_LEAVES_NO_TRACE,
        /** A row is unknown to the scripts, so a part of the way is hidden. */
        UNKNOWN_ROW,
        /** The script does nothing, so there is nothing to observe. */
        SCRIPT_DOES_NOTHING,
        /** The script surely changes the schema. */
        SCRIPT_CHANGES_SCHEMA,
        /** The script may find nothing to do. */
        SCRIPT_MAY_DO_NOTHING,
        /** It is not known what the script does. */
        SCRIPT_NOT_KNOWN,
        /** As far as the script can be read it writes other tables only. */
        SCRIPT_WRITES_OTHER_TABLES,
        /** The transaction tried a schema change that found nothing to do, as IF [NOT] EXISTS does. */
        SCHEMA_CHANGE_FOUND_NOTHING_TO_DO,
        /** All rows were deleted at once, as {@code stamp --purge} does. */
        ALL_ROWS_DELETED,
        TABLE_DROPPED,
        TABLE_TRUNCATED,
        /** One row contains another; the migration tool leaves no such rows. */
        CONFLICTING_ROWS,
        /** The rows changed, but not what they stand for. */
        SAME_MEANING,
        /** The migration tool sends no such statement. */
        FOREIGN_STATEMENT
    }

    /**
     * Rows that were written before the row of the version table.
     *
     * @param by which transaction wrote them
     * @param transaction its number, as in {@link Attribution.Actor}; absent where the attribution names it
     * @param rows by table, at most {@link #MOST} tables
     */
    record Wrote(By by, @Nullable String transaction, List<WrittenRows> rows) implements Clue {

        public static final int MOST = 50;

        public Wrote {
            rows = List.copyOf(rows.subList(0, Math.min(rows.size(), MOST)));
        }

        public enum By {
            /** The transaction that wrote the row of the version table. */
            SAME_TRANSACTION,
            /** Transactions of the same session just before. */
            EARLIER_TRANSACTIONS
        }
    }

    /**
     * Rows of one table.
     *
     * @param table as PostgreSQL writes its name
     */
    record WrittenRows(String table, long rows) {}

    /** Triggers of others on the version table may have written what was written. */
    record OtherTriggers(List<String> triggers) implements Clue {
        public OtherTriggers {
            triggers = List.copyOf(triggers);
        }
    }

    /**
     * Nothing that revisions surely make or drop came or went between two polls.
     *
     * @param some the first of them
     * @param count how many there are
     */
    record Untouched(List<String> some, int count) implements Clue {
        public Untouched {
            some = List.copyOf(some);
        }
    }

    /** More objects changed than the attribution names. */
    record ManyObjects(int count) implements Clue {}

    /** It is a step on the way from or to these rows. */
    record OnTheWay(Direction direction, List<String> rows) implements Clue {
        public OnTheWay {
            rows = List.copyOf(rows);
        }

        public enum Direction {
            UP_TO,
            DOWN_FROM
        }
    }

    /** It was a move sideways, so revisions may also have been stamped away. */
    record Sideways(List<String> from, List<String> to) implements Clue {
        public Sideways {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /** No single migration leads from the one to the other. */
    record NoSingleMigration(List<String> from, List<String> to) implements Clue {
        public NoSingleMigration {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }
}
