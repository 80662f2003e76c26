package dev.migrationledger.ledger.recording.stream;

/** What a {@link Decider} is asked to decide. Time and new ids come with it: the same command in the same state decides the same. */
public interface Command {

    /** The one stream that it is about. */
    StreamId stream();
}
