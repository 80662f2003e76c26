package dev.migrationledger.ledger.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.platform.LedgerTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What comes from outside, such as a row of a version table, forges no line of the log and steers no terminal. */
@LedgerTest
@ExtendWith(OutputCaptureExtension.class)
@Isolated
class LogPatternTest {

    private static final Logger LOG = LoggerFactory.getLogger(LogPatternTest.class);

    private static final String HOSTILE = "\u001b[2J\r\n22:22:22 ERROR all is lost\u202egnp\u2066\u009b\u0000 end";

    @Test
    void a_message_and_its_values_stay_on_their_line(CapturedOutput output) {
        LOG.atWarn().addKeyValue("row", HOSTILE).log("seen " + HOSTILE);
        assertPlain(output,
                "seen ?[2J??22:22:22 ERROR all is lost?gnp??? end row=\"?[2J??22:22:22 ERROR all is lost?gnp??? end\"");
    }

    @Test
    void the_message_of_an_exception_is_indented_below_it(CapturedOutput output) {
        LOG.error("failed", new IllegalStateException(HOSTILE, new RuntimeException("inner " + HOSTILE)));
        assertPlain(output, "  java.lang.IllegalStateException: ?[2J");
        assertThat(output.toString()).contains("  22:22:22 ERROR all is lost?gnp??? end")
                .contains("  \tat dev.migrationledger");
    }

    @Test
    void secrets_are_hidden_in_a_message_its_values_and_a_stack_trace(CapturedOutput output) {
        String url = "postgresql://deploy:s3cr3t@db/app";
        LOG.atError().addKeyValue("database", url).setCause(new IllegalStateException("no answer from " + url))
                .log("lost " + url + " --password s3cr3t");
        assertThat(output.toString()).contains("lost postgresql://deploy:***@db/app --password ***",
                "database=\"postgresql://deploy:***@db/app\"", "no answer from postgresql://deploy:***@db/app")
                .doesNotContain("s3cr3t");
    }

    private static void assertPlain(CapturedOutput output, String expected) {
        String text = output.toString().replaceAll("\u001b\\[\\d*(?:;\\d+)*m", ""); // the level's colour
        assertThat(text).contains(expected);
        assertThat(text.lines()).noneMatch(line -> line.startsWith("22:22:22"));
        assertThat(text.codePoints()).noneMatch(
                point -> (Character.isISOControl(point) && point != '\n' && point != '\t')
                        || Character.getType(point) == Character.FORMAT);
    }
}
