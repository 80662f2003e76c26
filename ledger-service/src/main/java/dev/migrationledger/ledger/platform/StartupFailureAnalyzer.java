package dev.migrationledger.ledger.platform;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a {@link StartupFailure} as its sentence and its remedy, in the place of a stack trace. */
final class StartupFailureAnalyzer extends AbstractFailureAnalyzer<StartupFailure> {
    @Override
    protected FailureAnalysis analyze(Throwable root, StartupFailure failure) {
        return new FailureAnalysis(failure.getMessage(), failure.remedy(), failure);
    }
}
