package dev.migrationledger.ledger.platform;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says in one line of the log why the ledger does not start, and what to do. Spring's own report has many lines, which the log would join. */
final class StartupFailureReporter implements FailureAnalysisReporter {

    private static final Logger log = LoggerFactory.getLogger(StartupFailureReporter.class);

    @Override
    public void report(FailureAnalysis failure) {
        log.error("{}", line(failure));
        log.debug("The ledger does not start.", failure.getCause());
    }

    static String line(FailureAnalysis failure) {
        return Stream.of(failure.getDescription(), failure.getAction())
                .filter(text -> text != null && !text.isBlank())
                .map(text -> text.strip().replaceAll("\\s*\\R\\s*", " "))
                .collect(Collectors.joining(" "));
    }
}
