package dev.migrationledger.ledger.dashboard.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.platform.TestClient;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Opens pages and sends their forms with all that is in them, as a browser does. */
final class PageVisitor {

    private static final Pattern HIDDEN = Pattern
            .compile("<input type=\"hidden\" name=\"([^\"]*)\"[^>]*?value=\"([^\"]*)\"");
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final TestClient ledger;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** @param token of the person; empty: the ledger asks for no sign-in */
    PageVisitor(TestClient ledger, String token) {
        this.ledger = ledger;
        this.token = token;
    }

    HttpResponse<String> open(String path) throws IOException, InterruptedException {
        return send(ledger.request(path));
    }

    String body(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = open(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Sends the form of a page with these fields and the hidden ones that it has. */
    HttpResponse<String> submit(String path, String page, Map<String, String> fields)
            throws IOException, InterruptedException {
        Map<String, String> all = new TreeMap<>();
        String main = page.substring(page.indexOf("<main"));
        Matcher hidden = HIDDEN.matcher(main);
        while (hidden.find()) {
            all.put(text(hidden.group(1)), text(hidden.group(2)));
        }
        all.putAll(fields);
        return send(path, all);
    }

    /** With the proof of a page of the ledger. */
    HttpResponse<String> post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        Matcher csrf = CSRF.matcher(send(ledger.request("/sign-in?code=none"), "").body());
        assertThat(csrf.find()).isTrue();
        Map<String, String> all = new TreeMap<>(fields);
        all.put("_csrf", text(csrf.group(1)));
        return send(path, all);
    }

    /** Just these fields. */
    HttpResponse<String> send(String path, Map<String, String> fields) throws IOException, InterruptedException {
        return send(ledger.request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields.entrySet().stream()
                        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&")))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return send(request, token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String by) throws IOException, InterruptedException {
        return http.send((by.isEmpty() ? request : request.header("Authorization", "Bearer " + by)).build(),
                BodyHandlers.ofString());
    }

    private static String text(String escaped) {
        return escaped.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">")
                .replace("&#13;", "\r").replace("&#10;", "\n").replace("&amp;", "&");
    }
}
