package dev.migrationledger.ledger.recording;

/**
 * Decides one kind of command. Pure: no clock, no chance, no I/O.
 *
 * @param <C> commands
 * @param <S> what of the stream's past the decision depends on
 * @param <R> the answer to who asked
 */
public interface Decider<C extends Command, S, R> {

    /** How the state follows from the stream's events. Deciders of one kind of stream share it. */
    StreamState<S> state();

    Decision<R> decide(S state, C command);
}
