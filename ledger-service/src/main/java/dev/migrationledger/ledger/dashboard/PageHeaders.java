package dev.migrationledger.ledger.dashboard;

import jakarta.servlet.http.HttpServletResponse;

/** What every page says of itself: nothing on it comes from elsewhere, nothing on it may run, and no one keeps it. */
final class PageHeaders {

    private PageHeaders() {}

    static void set(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy",
                "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
                        + " frame-ancestors 'none'; base-uri 'none'");
        response.setHeader("Cache-Control", "no-store");
    }
}
