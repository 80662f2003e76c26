package dev.migrationledger.ledger.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.LedgerService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@Isolated
class StartupFailureReporterTest {

    @Test
    void a_start_that_fails_says_why_and_what_to_do_in_one_line(CapturedOutput output) {
        try {
            SpringApplication.run(LedgerService.class, "--server.address=0.0.0.0",
                    "--spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none", "--server.port=0").close();
        } catch (RuntimeException failed) {
            assertThat(failed).isInstanceOf(StartupFailure.class);
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("ERROR")).toList()).singleElement().asString()
                .endsWith(
                        "The ledger does not listen on 0.0.0.0 without sign-in: everyone who reaches it there would be its"
                                + " administrator. Set ledger.identity.required=true, or server.address=127.0.0.1."
                                + " docs/identity.md says more. ");
    }

    @Test
    void a_report_of_several_lines_becomes_one() {
        assertThat(StartupFailureReporter.line(new FailureAnalysis(
                "Web server failed to start.\n\n    Port 8080 was already in use.\n", "Use another port.\n",
                new IllegalStateException())))
                .isEqualTo("Web server failed to start. Port 8080 was already in use. Use another port.");
        assertThat(StartupFailureReporter.line(new FailureAnalysis("It failed.", null, new IllegalStateException())))
                .isEqualTo("It failed.");
    }
}
