package dev.migrationledger.ledger.problem;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells "the database is not there", or cannot write, from every other failure. */
public final class DatabaseUnavailable {

    /** HikariCP has no state for a connection that broke while it was lent. */
    private static final String POOL_SAYS_CLOSED = "Connection is closed";

    /** PostgreSQL's codes for a database that answers and cannot do what it is asked. */
    private static final Map<String, String> WORDS = Map.of(
            "53100", "The disk of the ledger's database is full",
            "53200", "The ledger's database is out of memory",
            "53300", "The ledger's database has no free connection",
            "25006", "The ledger's database is read-only");

    private DatabaseUnavailable() {}

    /** Whether a failure passes by itself when the database is well again. */
    public static boolean causes(Throwable e) {
        return chain(e).anyMatch(DatabaseUnavailable::isConnectionFailure);
    }

    /** What is the matter, as the beginning of a sentence. */
    static String words(Throwable e) {
        return chain(e)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(state -> state != null && WORDS.containsKey(state))
                .findFirst()
                .map(WORDS::get)
                .orElse("The ledger cannot reach its database");
    }

    /** The innermost message: what the driver said. */
    static String reason(Throwable e) {
        return chain(e)
                .reduce((outer, inner) -> inner)
                .flatMap(inner -> Optional.ofNullable(inner.getMessage()))
                .orElse("unknown");
    }

    private static boolean isConnectionFailure(Throwable e) {
        return switch (e) {
            case CannotCreateTransactionException _,DataAccessResourceFailureException _ -> true;
            case SQLTransientConnectionException _ -> true;
            case SQLException sql when sql.getSQLState() == null -> POOL_SAYS_CLOSED.equals(sql.getMessage());
            case SQLException sql -> isConnectionState(sql.getSQLState());
            default -> false;
        };
    }

    /** 08 connection, 53 out of connections, memory or disk, 57 shut down, 58 I/O error; 25006 a standby that is read-only. */
    private static boolean isConnectionState(String state) {
        return Stream.of("08", "53", "57", "58", "25006").anyMatch(state::startsWith);
    }

    private static Stream<Throwable> chain(Throwable e) {
        return Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause).limit(50);
    }
}
