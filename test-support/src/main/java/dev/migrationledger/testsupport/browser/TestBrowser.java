package dev.migrationledger.testsupport.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.migrationledger.testsupport.machine.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Chromium of this machine, without a window. For one thread, whose tests share one process: to start it takes longer than most of them.
 * What a page writes to its console as an error, and each request to
 * another host, fails the test when the browser is closed: a refused script or style does nothing else.
 */
public final class TestBrowser implements AutoCloseable {

    /** How a person looks at a page. */
    public record Look(int width, int height, ColorScheme scheme, boolean scripts) {

        public static final Look DESKTOP = new Look(1280, 800, ColorScheme.LIGHT, true);
        public static final Look DARK = new Look(1280, 800, ColorScheme.DARK, true);
        public static final Look PHONE = new Look(360, 740, ColorScheme.LIGHT, true);
        public static final Look WITHOUT_SCRIPTS = new Look(1280, 800, ColorScheme.LIGHT, false);
    }

    /** Ends with this JVM. */
    private static final ThreadLocal<@Nullable Browser> RUNNING = new ThreadLocal<>();

    private final Browser browser;
    private final List<BrowserContext> opened = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private TestBrowser(Browser browser) {
        this.browser = browser;
    }

    /** Skips the test where there is no Chromium. */
    public static TestBrowser open() {
        Browser running = RUNNING.get();
        if (running == null || !running.isConnected()) {
            running = start();
            RUNNING.set(running);
        }
        return new TestBrowser(running);
    }

    private static Browser start() {
        Optional<Path> chromium = chromium();
        Requirement.met(chromium.isPresent(), "no Chromium on the PATH: apt-get install chromium");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return playwright.chromium().launch(new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium.orElseThrow())
                    // The sandbox of Chromium does not start for root, as which containers run tests.
                    .setArgs(List.of("--no-sandbox")));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    private static Optional<Path> chromium() {
        return Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst();
    }

    /**
     * A new page, with cookies of its own.
     *
     * @param base such as {@code http://127.0.0.1:8080}; the page may open addresses below it
     */
    public Page page(String base, Look look) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(base).setViewportSize(look.width, look.height).setColorScheme(look.scheme)
                .setJavaScriptEnabled(look.scripts).setTimezoneId("Europe/Berlin").setLocale("en-GB"));
        opened.add(context);
        context.setDefaultTimeout(20_000);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.text().contains("Content Security Policy")) {
                faults.add(message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(error -> faults.add(error));
        page.onRequest(request -> {
            if (!request.url().startsWith(base + "/") && !request.url().startsWith("data:")) {
                faults.add("asked another host: " + request.url());
            }
        });
        return page;
    }

    /** What axe-core finds wrong with a page for people who use a screen reader or a keyboard; empty if nothing. */
    @SuppressWarnings("unchecked")
    public static List<String> accessibilityFaults(Page page) {
        page.evaluate(AXE);
        return ((List<Object>) page.evaluate(
                """
                        async () => (await axe.run()).violations.flatMap(it => it.nodes.map(node =>
                            `${it.id}: ${it.help}: ${node.html.slice(0, 200)} ${node.any.concat(node.all).map(one => one.message).join("; ")}`))
                        """))
                .stream().map(Object::toString).toList();
    }

    private static final String AXE = axe();

    private static String axe() {
        try (@Nullable
        InputStream script = TestBrowser.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What sticks out of the window on the right, so a reader has to scroll to the side; empty if the page fits. */
    public static List<String> tooWide(Page page) {
        return ((List<?>) page.evaluate(
                """
                        () => { const width = document.documentElement.clientWidth;
                            return document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll('body *')]
                                .filter(it => it.getBoundingClientRect().right > width + 1)
                                .map(it => it.tagName + '.' + it.className + ' ' + it.textContent.trim().slice(0, 40)).slice(0, 10) }
                        """))
                .stream().map(String::valueOf).toList();
    }

    /** Texts of a page with a time that is not an element of its own, so it is not in the reader's zone. Code is as it is stored. */
    public static List<String> plainTimes(Page page) {
        return ((List<?>) page.evaluate(
                """
                        () => { const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
                            while (texts.nextNode()) {
                                const text = texts.currentNode;
                                if (/\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d/.test(text.data) && !text.parentElement.closest('time, code, pre, textarea, script')) {
                                    found.push(text.data.trim());
                                }
                            }
                            return found; }
                        """))
                .stream().map(String::valueOf).toList();
    }

    /** Forgets what pages complained about: for a test that provokes it. */
    public List<String> takeFaults() {
        List<String> taken = List.copyOf(faults);
        faults.clear();
        return taken;
    }

    @Override
    public void close() {
        opened.forEach(BrowserContext::close);
        assertThat(faults).as("errors of pages").isEmpty();
    }
}
