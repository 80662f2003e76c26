package dev.migrationledger.agent.run;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps signals from ending this process and hands them to another. The JDK offers that in {@code sun.misc.Signal} alone,
 * which is there to stay but which the compiler warns of, so it is found by name; where it is missing, signals do what they
 * always do.
 */
final class Signals implements AutoCloseable {

    private static final List<String> FORWARDED = List.of("TERM", "INT", "HUP");

    private final Map<Object, Object> before = new LinkedHashMap<>();
    private final List<String> early = new ArrayList<>();
    private @Nullable Process receiver;

    private Signals() {}

    /** From now on signals wait for somebody to take them. */
    static Signals hold() {
        Signals signals = new Signals();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object forward = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[]{handler},
                    (proxy, method, arguments) -> switch (method
                            .getName()) {
                        case "handle" -> {
                            signals.received(String.valueOf(signal.getMethod("getName").invoke(arguments[0])));
                            yield null;
                        }
                        case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> "forwarding";
                    });
            Method handle = signal.getMethod("handle", signal, handler);
            for (String name : FORWARDED) {
                Object one = signal.getConstructor(String.class).newInstance(name);
                signals.before.put(one, handle.invoke(null, one, forward));
            }
        } catch (ReflectiveOperationException e) {
            // Without it the process ends at a signal as every other does.
            return signals;
        }
        return signals;
    }

    /** What came meanwhile comes first. */
    synchronized void passTo(Process process) {
        receiver = process;
        early.forEach(name -> send(name, process));
        early.clear();
    }

    private synchronized void received(String name) {
        Process process = receiver;
        if (process == null) {
            early.add(name);
        } else {
            send(name, process);
        }
    }

    private static void send(String name, Process process) {
        if (name.equals("TERM")) {
            process.destroy();
        } else if (!(name.equals("INT") && isInForeground())) {
            try {
                // Java itself can only send TERM and KILL.
                new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, process.pid())).inheritIO().start();
            } catch (IOException e) {
                process.destroy();
            }
        }
    }

    /** At a terminal, the key that interrupts goes to all processes in the foreground; once is enough. */
    private static boolean isInForeground() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    @Override
    public void close() {
        try {
            for (Map.Entry<Object, Object> one : before.entrySet()) {
                Class<?> signal = one.getKey().getClass();
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                signal.getMethod("handle", signal, handler).invoke(null, one.getKey(), one.getValue());
            }
        } catch (ReflectiveOperationException e) {
            // The process is about to end.
            return;
        }
    }
}
