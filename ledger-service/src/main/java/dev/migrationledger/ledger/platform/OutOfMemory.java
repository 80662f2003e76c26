package dev.migrationledger.ledger.platform;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * A process without memory ends: after the error any thread may be dead and any lock held, and whoever supervises the ledger can only
 * restart what has ended. The same as {@code -XX:+ExitOnOutOfMemoryError}, for who starts it without.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class OutOfMemory extends OncePerRequestFilter implements HandlerExceptionResolver {

    /** As the flag of the JVM has it. */
    public static final int EXIT_CODE = 3;

    /** Ends the process when any thread ends for want of memory. */
    public static void endsTheProcess() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            check(failure);
            if (before == null) {
                System.err.print("Exception in thread \"" + thread.getName() + "\" ");
                failure.printStackTrace();
            } else {
                before.uncaughtException(thread, failure);
            }
        });
    }

    /** Ends the process at once if this is, or was caused by, a want of memory. No hook runs: it would need memory. */
    public static void check(Throwable failure) {
        if (Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(50)
                .anyMatch(OutOfMemoryError.class::isInstance)) {
            System.err.println("The ledger is out of memory and stops. Start it again with a larger -Xmx.");
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | IOException | RuntimeException | Error e) {
            check(e);
            throw e;
        }
    }

    /** Before any resolver makes an answer of it. */
    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception e) {
        check(e);
        return null;
    }
}
