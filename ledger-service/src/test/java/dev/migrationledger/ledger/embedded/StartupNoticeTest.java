package dev.migrationledger.ledger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What the log says at the start of a ledger. */
@LedgerTest
@ExtendWith(OutputCaptureExtension.class)
@Isolated
class StartupNoticeTest {

    @LocalServerPort
    int port;

    @Autowired
    TestClient ledger;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    StartupNotice notice;

    @Autowired
    ObjectProvider<EmbeddedPostgres> embedded;

    @Autowired
    JdbcConnectionDetails database;

    @Test
    void a_ledger_without_sign_in_says_so(CapturedOutput log) {
        notice.print();
        assertThat(log.getAll()).contains(
                "open http://127.0.0.1:%d/; no sign-in: everyone on this machine is administrator".formatted(port));
    }

    @Test
    void every_page_of_it_says_so_too() throws Exception {
        Set<String> pages = new TreeSet<>();
        for (RequestMappingInfo mapping : mappings.getHandlerMethods().keySet()) {
            for (String pattern : Objects.requireNonNull(mapping.getPathPatternsCondition()).getPatternValues()) {
                if (mapping.getMethodsCondition().getMethods().contains(RequestMethod.GET)
                        && !pattern.startsWith("/api/") && !Set.of("/sign-in", "/error").contains(pattern)) {
                    pages.add(pattern);
                }
            }
        }
        assertThat(pages).contains("/", "/audit", "/deploys", "/projects/{project}/policy");
        for (String page : pages) {
            // Where nothing has this id, a page says that.
            HttpResponse<String> shown = ledger.send(ledger.request(page.replaceAll("\\{\\w+}", "none"))
                    .header("Accept", "text/html"));
            assertThat(shown.headers().firstValue("Content-Type").orElse("")).as(page).startsWith("text/html");
            assertThat(shown.body()).as(page).contains("No sign-in: everyone on this machine is administrator.");
        }
    }

    @Test
    void a_ledger_with_sign_in_does_not(CapturedOutput log) {
        new StartupNotice(embedded, database, new MockEnvironment().withProperty("local.server.port", "8080")
                .withProperty("ledger.identity.required", "true")).print();
        assertThat(log.getAll().lines().filter(line -> line.contains("open http://127.0.0.1:8080/")))
                .singleElement().asString().doesNotContain("no sign-in");
    }
}
