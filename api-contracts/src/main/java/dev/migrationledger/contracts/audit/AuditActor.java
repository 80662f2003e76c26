package dev.migrationledger.contracts.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who did it.
 *
 * @param name of a person or pipeline as the ledger knows them, of an agent, or of the database user; {@code unknown} where no one saw it
 * @param session the database session, such as {@code deploy via psql from 10.0.0.7}; absent where none was captured
 * @param claimed user and host, as the run of the command claims; absent where no run is known
 * @param ai the AI agent that ran the command, as the run claims; absent: it claims none
 */
public record AuditActor(
        Kind kind, String name, @Nullable String session, @Nullable String claimed, @Nullable String ai) {

    /** What an actor is. */
    public enum Kind {
        /** A person who signed in, or the local administrator. */
        PERSON,
        /** A pipeline that an issuer proved. */
        PIPELINE,
        /** An agent of the ledger, or a program with an agent's token. */
        AGENT,
        /** A database session, as the server saw it. */
        DATABASE_USER,
        /** The person or program that started a run, as the run claims. */
        RUN,
        /** The ledger by itself. */
        LEDGER,
        /** Nothing shows who it was. */
        UNKNOWN
    }

    /** In one line: {@code acme/shop (pipeline)}, {@code deploy via psql from 10.0.0.7, run claims ada@laptop with claude-code}. */
    public String words() {
        StringBuilder words = new StringBuilder(switch (kind) {
            case PERSON -> name;
            case PIPELINE -> name + " (pipeline)";
            case AGENT -> "agent " + name;
            case DATABASE_USER -> session == null ? name : session;
            case RUN -> "run";
            case LEDGER -> "the ledger";
            case UNKNOWN -> "unknown";
        });
        if (kind != Kind.DATABASE_USER && session != null) {
            words.append(", session ").append(session);
        }
        if (claimed != null) {
            words.append(kind == Kind.RUN ? " claims " : ", run claims ").append(claimed);
        }
        if (ai != null) {
            words.append(claimed == null ? ", claims " : " with ").append(ai);
        }
        return words.toString();
    }
}
