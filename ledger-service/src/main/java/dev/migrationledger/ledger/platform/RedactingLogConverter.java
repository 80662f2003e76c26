package dev.migrationledger.ledger.platform;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import dev.migrationledger.contracts.text.Redaction;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.context.ApplicationListener;

/** Hides what looks like a secret in each line of the log, stack traces too: {@code %redacted(…)} in the pattern. */
public final class RedactingLogConverter extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return Redaction.of(text);
    }

    /** Makes the word known before the pattern is read. */
    static final class BeforeLogging implements ApplicationListener<ApplicationStartingEvent> {
        @Override
        public void onApplicationEvent(ApplicationStartingEvent event) {
            PatternLayout.DEFAULT_CONVERTER_SUPPLIER_MAP.put("redacted", RedactingLogConverter::new);
        }
    }
}
