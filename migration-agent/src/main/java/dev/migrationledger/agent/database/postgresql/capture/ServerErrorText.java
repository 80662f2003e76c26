package dev.migrationledger.agent.database.postgresql.capture;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/** What the server itself says of an error, to be put into a sentence. */
public final class ServerErrorText {

    private ServerErrorText() {}

    /** Without a detail that could hold a value. */
    public static String of(SQLException e) {
        if (e instanceof PSQLException p
                && p.getServerErrorMessage() != null
                && p.getServerErrorMessage().getMessage() != null) {
            return p.getServerErrorMessage().getMessage();
        }
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse(message).replaceFirst("[.\\s]+$", "");
    }
}
