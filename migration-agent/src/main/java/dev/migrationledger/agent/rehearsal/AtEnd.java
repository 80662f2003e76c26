package dev.migrationledger.agent.rehearsal;

/** Cleans up also where a signal ends this process; a process that is killed cleans up nothing. */
public final class AtEnd implements AutoCloseable {

    private final Runnable cleanup;
    private final Thread hook;

    private AtEnd(Runnable cleanup, Thread hook) {
        this.cleanup = cleanup;
        this.hook = hook;
    }

    /**
     * From now on.
     *
     * @param cleanup may run twice, and on another thread
     */
    public static AtEnd of(Runnable cleanup) {
        Thread hook = Thread.ofPlatform().name("cleanup").unstarted(cleanup);
        Runtime.getRuntime().addShutdownHook(hook);
        return new AtEnd(cleanup, hook);
    }

    @Override
    public void close() {
        cleanup.run();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // This process is about to end, and the hook is running.
        }
    }
}
