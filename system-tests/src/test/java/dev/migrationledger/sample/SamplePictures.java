package dev.migrationledger.sample;

import com.microsoft.playwright.Page;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pictures of the README and of docs, taken of the running sample. */
final class SamplePictures {

    /** Addresses by the name of their picture. {@code PROJECT} is the project. */
    static final Map<String, String> PAGES = pages();

    private static Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("page", "/");
        pages.put("project", "/projects/PROJECT");
        pages.put("environment", "/projects/PROJECT/environments/production");
        pages.put("compare", "/projects/PROJECT/compare?left=staging&right=production");
        pages.put("audit", "/audit?q=environment:production");
        return pages;
    }

    private static final String SHOWN = "/srv/navbot";

    private SamplePictures() {}

    /** Makes something happen that is worth a picture: staging runs all of one side, production is stamped with a part of it. */
    static void prepare(SampleRun run, SampleLayout layout) throws Exception {
        run.databases().database("staging", layout.steps()).upgrade("004_rename_chunks_metadata");
        run.databases().database("production", layout.steps()).upgrade("002_rename_metadata");
        for (String environment : SampleRun.ENVIRONMENTS) {
            run.capture(environment);
            run.awaitReport(run.watch(environment, SampleRun.OFTEN), environment);
        }
        run.databases().database("production", layout.steps()).stamp("003_knowledge_chunks");
        run.awaitReport("production", report -> report.revisions().stream()
                .anyMatch(it -> it.kind() == RevisionStatus.Kind.STAMPED));
        Eventually.holds("the stamp is found wrong", () -> run.get("/divergences?state=open&environment=production")
                .filter(json -> new String(json, StandardCharsets.UTF_8).contains("stamped-ahead-of-schema"))
                .isPresent());
    }

    /**
     * Takes them as large as the pages are. Paths of this machine are shown as those of a server.
     *
     * @param checkout whose path is shown as {@value #SHOWN}
     * @param folder in which {@code NAME.png} are written; it is there
     */
    static void take(SampleRun run, Path checkout, Path folder) throws IOException {
        try (TestBrowser browser = TestBrowser.open()) {
            Page page = browser.page(run.url(), Look.DESKTOP);
            for (Map.Entry<String, String> one : PAGES.entrySet()) {
                page.navigate(one.getValue().replace("PROJECT", run.project()));
                page.evaluate("""
                        paths => {
                            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                            while (texts.nextNode()) {
                                texts.currentNode.data = texts.currentNode.data.replaceAll(paths[0], paths[1]);
                            }
                        }""", List.of(checkout.toString(), SHOWN));
                Files.write(folder.resolve(one.getKey() + ".png"),
                        page.screenshot(new Page.ScreenshotOptions().setFullPage(true)));
            }
        }
    }
}
