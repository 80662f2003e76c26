package dev.migrationledger.ledger.recording.stream;

import java.util.function.BiFunction;

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

    static <C extends Command, S, R> Decider<C, S, R> of(StreamState<S> state, BiFunction<S, C, Decision<R>> decide) {
        return new Decider<>() {
            @Override
            public StreamState<S> state() {
                return state;
            }

            @Override
            public Decision<R> decide(S before, C command) {
                return decide.apply(before, command);
            }
        };
    }
}
