package dev.migrationledger.ledger.web;

import dev.migrationledger.ledger.problem.ProblemWriter;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** What Tomcat refuses before the ledger sees it, such as a malformed address: in the ledger's words and layout, not in Tomcat's. */
final class TomcatErrorReports extends ErrorReportValve {

    private final ProblemWriter problems;

    TomcatErrorReports(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            problems.writeOutside(request, response, ProblemWriter.ofStatus(status));
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("the client is gone", e);
        }
    }
}
