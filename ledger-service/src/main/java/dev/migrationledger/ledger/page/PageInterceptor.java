package dev.migrationledger.ledger.page;

import dev.migrationledger.ledger.evidence.check.Tamperings;
import dev.migrationledger.ledger.identity.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/** Gives each page its frame and its headers: nothing on it comes from elsewhere, only the ledger's own script runs, and no browser stores it. */
final class PageInterceptor implements HandlerInterceptor {

    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
            + " frame-ancestors 'none'; base-uri 'none'";

    private final Tamperings tamperings;

    PageInterceptor(Tamperings tamperings) {
        this.tamperings = tamperings;
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        if (page == null || !page.hasView() || isRedirect(page)) {
            return;
        }
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Under "no-referrer", browsers send "Origin: null" with forms, and OriginFilter refuses those.
        response.setHeader("Referrer-Policy", "same-origin");
        String caller = caller();
        page.addObject("frame", new PageFrame(caller, Objects.requireNonNullElse(request.getParameter("q"), ""),
                isSignIn(page) ? 0 : tamperings.open().size()));
    }

    private static boolean isRedirect(ModelAndView page) {
        String view = page.getViewName();
        return view != null && view.startsWith("redirect:");
    }

    /** Before someone signed in, nothing is shown. */
    private static boolean isSignIn(ModelAndView page) {
        return "sign-in".equals(page.getViewName());
    }

    private static String caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller.Person person
                ? person.shown()
                : "";
    }
}
