package dev.migrationledger.agent.send;

import java.util.Optional;

/** Names the trace that a request belongs to, by the header of W3C Trace Context: for requests that are sent within a call, by its thread. */
public final class TraceHeader {

    public static final String NAME = "traceparent";

    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private TraceHeader() {}

    /** Of the request that this thread sends. */
    public static Optional<String> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Sends something, with the header if there is a value. */
    static <R, X extends Throwable> R with(Optional<String> value, ScopedValue.CallableOp<R, X> sending) throws X {
        return value.isPresent() ? ScopedValue.where(CURRENT, value.get()).call(sending) : sending.call();
    }
}
