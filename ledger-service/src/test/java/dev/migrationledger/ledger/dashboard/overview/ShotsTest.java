package dev.migrationledger.ledger.dashboard.overview;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.browser.TestBrowser.Look;
import dev.migrationledger.testsupport.browser.TestBrowser;
import java.nio.file.*;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

@LedgerTest
class ShotsTest {
    @LocalServerPort int port;
    @Autowired EnvironmentCommands commands;
    @Autowired JdbcTemplate jdbc;

    void shot(TestBrowser browser, String name, Look look, String path, boolean full) {
        try (Page page = browser.page("http://127.0.0.1:" + port, look)) {
            page.navigate(path);
            System.err.println("SHOT " + name + " " + page.content().length() + " axe=" + (look.scripts() ? TestBrowser.accessibilityFaults(page) : "") + " fits=" + (look.scripts() ? TestBrowser.fitsTheWindow(page) : ""));
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("/tmp/ov/shots/" + name + ".png")).setFullPage(full));
        }
    }

    @Test
    void shots() throws Exception {
        Files.createDirectories(Path.of("/tmp/ov/shots"));
        try (TestBrowser browser = TestBrowser.open()) {
            shot(browser, "empty", Look.DESKTOP, "/", false);
            for (String p : new String[] {"navbot", "shop", "billing"}) {
                new Story(p, "staging").scripts("0001_users 0002_orders<0001_users 0003_index<0002_orders").applied("0003_index").table("0003_index").recordIn(commands);
                new Story(p, "production").scripts("0001_users 0002_orders<0001_users 0003_index<0002_orders").applied("0002_orders").table("0002_orders").recordIn(commands);
            }
            Thread.sleep(3000);
            shot(browser, "healthy", Look.DESKTOP, "/", false);
            new Story("navbot", "development").scripts("a b<a c<a").applied("b").table("b").recordIn(commands);
            new Story("navbot", "qa").scripts("0001_users").stamped("zz").table("zz").recordIn(commands);
            new Story("shop", "qa").scripts("a").noTable().recordIn(commands);
            new Story("shop", "silent").scripts("a").recordIn(commands);
            Thread.sleep(4000);
            shot(browser, "broken", Look.DESKTOP, "/", true);
            shot(browser, "dark", Look.DARK, "/", true);
            shot(browser, "phone", Look.PHONE, "/", true);
            shot(browser, "noscript", Look.WITHOUT_SCRIPTS, "/", false);
            for (String l : new String[] {"divergences", "merges", "deploys", "agents"}) {
                shot(browser, l, Look.DESKTOP, "/" + l, true);
                shot(browser, l + "-phone", Look.PHONE, "/" + l, true);
            }
            jdbc.execute("insert into ledger.environment_view (project, environment, digest, facts, scripts, list_item) select 'tenants', 'tenant-' || n, digest, facts, scripts, replace(list_item::text, '\"' || environment || '\"', '\"tenant-' || n || '\"')::json from ledger.environment_view v, generate_series(1, 500) n where project = 'navbot' and environment = case when n % 11 = 0 then 'production' else 'staging' end");
            jdbc.execute("insert into ledger.environment_view (project, environment, digest, facts, scripts, list_item) select 'project-' || n, environment, digest, facts, scripts, list_item from ledger.environment_view v, generate_series(1, 200) n where project = 'shop'");
            shot(browser, "many", Look.DESKTOP, "/", true);
            String key = jdbc.queryForObject("select left(md5(concat_ws('|', coalesce(stamped, '-'), kinds, heads, position, missing, null)), 12) from ledger.environment_view where project='tenants' limit 1", String.class);
            System.err.println("KEY " + key);
            shot(browser, "unfolded", Look.DESKTOP, "/?open=tenants%2F" + key, true);
            long t = System.nanoTime();
            for (int i = 0; i < 20; i++) java.net.http.HttpClient.newHttpClient().send(java.net.http.HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + port + "/")).build(), java.net.http.HttpResponse.BodyHandlers.ofString());
            System.err.println("MS " + (System.nanoTime() - t) / 20_000_000.0);
        }
    }
}
