package dev.migrationledger.ledger.page;

import dev.migrationledger.ledger.evidence.check.Tamperings;
import dev.migrationledger.ledger.identity.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Makes the frame of each page, and its headers: nothing on it comes from elsewhere, only the ledger's own script runs, and no browser stores it. */
final class PageFrames {

    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
            + " frame-ancestors 'none'; base-uri 'none'";

    private final Tamperings tamperings;

    PageFrames(Tamperings tamperings) {
        this.tamperings = tamperings;
    }

    static void writeHeaders(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Under "no-referrer", browsers send "Origin: null" with forms, and OriginFilter refuses those.
        response.setHeader("Referrer-Policy", "same-origin");
    }

    /** @param tampering whether to say that the database was changed: it has to be asked for that */
    PageFrame of(HttpServletRequest request, boolean tampering) {
        String query = query(request);
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        // Before someone signed in, nothing is shown.
        return authentication != null && authentication.getPrincipal() instanceof Caller caller
                ? new PageFrame(caller instanceof Caller.Person person ? person.shown() : "",
                        caller instanceof Caller.LocalAdministrator, query,
                        tampering ? tamperings.open().size() : 0)
                : new PageFrame("", false, query, 0);
    }

    /** Of the overview alone: other pages have a search of their own under the same name. */
    private static String query(HttpServletRequest request) {
        return request.getRequestURI().equals(request.getContextPath() + "/")
                ? Objects.requireNonNullElse(request.getParameter("q"), "")
                : "";
    }
}
