package dev.migrationledger.ledger.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.KeyState;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.identity.Identities.Secret;
import dev.migrationledger.ledger.identity.Routes.Access;
import dev.migrationledger.ledger.identity.Routes.Route;
import dev.migrationledger.ledger.identity.TrustedPipelines.SignIn;
import dev.migrationledger.ledger.identity.agents.AgentsResult;
import dev.migrationledger.ledger.identity.pipelines.PipelineSessions.Begun;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.testsupport.golden.GoldenFile;
import dev.migrationledger.testsupport.issuer.TestIssuer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

/** Every address of a ledger that asks for sign-in, asked by everyone. */
@LedgerTest
@TestPropertySource(properties = {"ledger.identity.required=true", "ledger.identity.audience=ledger"})
class RoutesTest {

    private static final TestIssuer ISSUER = TestIssuer.start();

    @AfterAll
    static void close() {
        ISSUER.close();
    }

    /** Who asks; what each may do follows from the table's words, written down here a second time. */
    private enum Who {
        NOBODY,
        REVOKED,
        EXPIRED,
        WITHOUT_ROLE,
        VIEWER,
        VIEWER_ELSEWHERE,
        APPROVER,
        ADMINISTRATOR,
        ADMINISTRATOR_ELSEWHERE,
        AGENT,
        AGENT_ELSEWHERE,
        SIGNED_AGENT,
        REVOKED_SIGNED_AGENT,
        PIPELINE,
        PIPELINE_ELSEWHERE;

        boolean isPipeline() {
            return this == PIPELINE || this == PIPELINE_ELSEWHERE;
        }

        /** Or it gets 401. */
        boolean isSignedIn() {
            return compareTo(EXPIRED) > 0 && !signs();
        }

        /** With a key, which opens nothing but the addresses of agents. */
        boolean signs() {
            return this == SIGNED_AGENT || this == REVOKED_SIGNED_AGENT;
        }

        boolean mayRead() {
            return this == VIEWER || this == APPROVER || this == ADMINISTRATOR;
        }

        boolean mayReadElsewhere() {
            return this == VIEWER_ELSEWHERE || this == ADMINISTRATOR_ELSEWHERE;
        }
    }

    @Autowired
    TestClient ledger;

    @Autowired
    Identities identities;

    @Autowired
    TrustedPipelines pipelines;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    AgentKeys agentKeys;

    private final Map<Who, KeyPair> keys = new EnumMap<>(Who.class);
    private final Map<Who, String> tokens = new EnumMap<>(Who.class);

    @BeforeEach
    void people() {
        identities.grant("ada", Role.ADMINISTRATOR, null, "local");
        for (Who who : Who.values()) {
            tokens.put(who, switch (who) {
                case NOBODY, SIGNED_AGENT, REVOKED_SIGNED_AGENT -> "";
                case REVOKED -> {
                    Secret token = token(Role.ADMINISTRATOR, null, Duration.ofDays(1));
                    identities.revokeToken(token.id(), "ada", false);
                    yield token.text();
                }
                case EXPIRED -> token(Role.ADMINISTRATOR, null, Duration.ZERO).text();
                case WITHOUT_ROLE -> identities.issueToken("eve", "test", Role.VIEWER, null, Duration.ofDays(1))
                        .orElseThrow().text();
                case VIEWER -> token(Role.VIEWER, null, Duration.ofDays(1)).text();
                case VIEWER_ELSEWHERE -> token(Role.VIEWER, "elsewhere", Duration.ofDays(1)).text();
                case APPROVER -> token(Role.APPROVER, null, Duration.ofDays(1)).text();
                case ADMINISTRATOR -> token(Role.ADMINISTRATOR, null, Duration.ofDays(1)).text();
                case AGENT -> token(Role.AGENT, "navbot", Duration.ofDays(1)).text();
                case PIPELINE -> session("navbot");
                case PIPELINE_ELSEWHERE -> session("elsewhere");
                case AGENT_ELSEWHERE -> token(Role.AGENT, "elsewhere", Duration.ofDays(1)).text();
                case ADMINISTRATOR_ELSEWHERE -> token(Role.ADMINISTRATOR, "elsewhere", Duration.ofDays(1)).text();
            });
        }
    }

    private String session(String project) {
        pipelines.trust(ISSUER.address(), new PipelineMatch.GithubRepository(project, null, null, null), project, "*",
                "ada");
        SignIn signIn = pipelines.signIn(ISSUER.token(Map.of("aud", "ledger", "repository_id", project)));
        assertThat(signIn.begun()).isInstanceOf(Begun.Session.class);
        return signIn.secret();
    }

    private Secret token(Role role, @Nullable String project, Duration valid) {
        return identities.issueToken("ada", "test", role, project, valid).orElseThrow();
    }

    @Test
    void every_address_has_a_line() {
        assertThat(mapped()).containsKeys("GET /", "POST /api/v1/events", "GET /api/v1/me");
        assertThat(mapped()).allSatisfy((name, one) -> assertThat(line(one)).as(name).isPresent());
    }

    /** Every address of a controller, by its method and path. */
    private Map<String, Route> mapped() {
        Map<String, Route> mapped = new TreeMap<>();
        mappings.getHandlerMethods().keySet().forEach(mapping -> {
            List<HttpMethod> methods = mapping.getMethodsCondition().getMethods().stream()
                    .map(RequestMethod::asHttpMethod).toList();
            Objects.requireNonNull(mapping.getPathPatternsCondition()).getPatternValues()
                    .forEach(path -> (methods.isEmpty() ? List.of(HttpMethod.GET) : methods).forEach(
                            method -> mapped.put(method + " " + path, new Route(method, path, Routes.OTHERWISE))));
        });
        return mapped;
    }

    /** The first line of the table that is about an address. */
    private static Optional<Route> line(Route address) {
        return Routes.ALL.stream().filter(route -> matches(route, address.method(), address.path())).findFirst();
    }

    private static boolean matches(Route route, HttpMethod method, String path) {
        return route.methods().contains(method)
                && PathPatternParser.defaultInstance.parse(route.path())
                        .matches(PathContainer.parsePath(path.replaceAll("[{}]", "")));
    }

    /** Every line of the table, every address that a line with a wildcard covers, and what has no line. */
    private List<Route> addresses() {
        Map<String, Route> all = new TreeMap<>();
        mapped().forEach((name, one) -> all.put(name,
                new Route(one.method(), one.path(), line(one).orElseThrow().access())));
        Stream.concat(Routes.ALL.stream(), Stream.of(
                new Route(HttpMethod.GET, "/no/such/address", Routes.OTHERWISE),
                new Route(HttpMethod.PUT, "/api/v1/projects/navbot", Routes.OTHERWISE)))
                .forEach(route -> all.put(route.method() + " " + route.path(), route));
        return List.copyOf(all.values());
    }

    /** Each answer is in {@code routes.txt}, too: a wrong path would answer 404 to everyone, and look like a permission. */
    @Test
    void each_caller_gets_what_the_table_says_and_nothing_else() throws Exception {
        assertThat(ledger.post("/api/v1/events",
                ContractJson.write(new EventBatch(SampleBatches.events("navbot", "signed", 1, 1))), "Authorization",
                "Bearer " + tokens.getOrDefault(Who.AGENT, "")).statusCode()).isEqualTo(200);
        List<String> wrong = new ArrayList<>();
        StringBuilder table = new StringBuilder("The status that each caller gets, in this order:\n");
        StringBuilder columns = new StringBuilder();
        int column = 0;
        for (Who who : Who.values()) {
            column++;
            table.append("%4d %s%n".formatted(column, who.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
            columns.append("%3d ".formatted(column));
        }
        table.append(columns.toString().stripTrailing()).append('\n');
        for (Route route : addresses()) {
            for (Who who : Who.values()) {
                int status = status(route, who);
                boolean refused = status == 401 || (status == 403 && !route.path().startsWith("/sign-"));
                boolean revoked = who == Who.REVOKED_SIGNED_AGENT
                        && (route.access() instanceof Access.Agents || route.access() instanceof Access.Deployers);
                if (refused == may(route, who) || (refused && (status == 401) == (who.isSignedIn() || revoked))) {
                    wrong.add("%s %s by %s: %d".formatted(route.method(), route.path(), who, status));
                }
                if (status >= 500) {
                    wrong.add("%s %s by %s fails: %d".formatted(route.method(), route.path(), who, status));
                }
                table.append(status).append(' ');
            }
            table.append("%s %s%n".formatted(route.method(), route.path()));
        }
        assertThat(wrong).isEmpty();
        GoldenFile.compare(Path.of("src/test/resources/routes.txt"), table.toString());
    }

    private static boolean may(Route route, Who who) {
        // A token that opens nothing is refused wherever it is shown: who sends it wants to know. A form needs its page's proof first.
        boolean isRefusedAnyway = (who == Who.REVOKED || who == Who.EXPIRED)
                && !(route.path().startsWith("/sign-") && route.method().equals(HttpMethod.POST));
        return !isRefusedAnyway && switch (route.access()) {
            case Access.Everyone _ -> true;
            case Access.Agents _ -> who == Who.AGENT || who == Who.AGENT_ELSEWHERE || who == Who.SIGNED_AGENT
                    || who.isPipeline();
            case Access.Deployers _ ->
                who == Who.AGENT || who == Who.SIGNED_AGENT || who == Who.PIPELINE || who.mayRead();
            case Access.Readers _ -> who == Who.AGENT || who == Who.PIPELINE || who.mayRead();
            case Access.SignedIn _ -> who.isSignedIn() && !who.isPipeline();
            case Access.AtLeast(Role role) -> switch (role) {
                case AGENT -> false;
                case VIEWER -> who.mayRead();
                case APPROVER -> who == Who.APPROVER || who == Who.ADMINISTRATOR;
                case ADMINISTRATOR -> who == Who.ADMINISTRATOR;
            };
            case Access.AtLeastSomewhere(Role role) -> switch (role) {
                case AGENT, APPROVER -> throw new AssertionError("no address asks for it");
                case VIEWER -> who.mayRead() || who.mayReadElsewhere();
                case ADMINISTRATOR -> who == Who.ADMINISTRATOR || who == Who.ADMINISTRATOR_ELSEWHERE;
            };
        };
    }

    private int status(Route route, Who who) throws Exception {
        HttpRequest.Builder request = ledger.request(path(route))
                .method(route.method().name(), BodyPublishers.noBody())
                .header("Content-Type", "application/json");
        if (who.signs()) {
            return signed(route, who);
        }
        String token = tokens.getOrDefault(who, "");
        if (isForm(route)) {
            prove(request);
        }
        return ledger.statusOf(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    private static boolean isForm(Route route) {
        return route.method().equals(HttpMethod.POST) && !route.path().startsWith("/api/")
                && !route.path().startsWith("/sign-");
    }

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    /** As from a page of the ledger: without that, every form is refused, whoever sends it. Its session ends with the next sign-in by a token. */
    private void prove(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> page = ledger.get("/sign-in");
        Matcher csrf = CSRF.matcher(page.body());
        assertThat(csrf.find()).isTrue();
        String session = page.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("migration-ledger=")).findFirst().orElseThrow();
        request.header("Cookie", session.replaceFirst(";.*", "")).header("X-CSRF-TOKEN", csrf.group(1));
    }

    private static String path(Route route) {
        // Who follows the audit would wait for events.
        return route.path().replace("/stream", "/stream?wait=0").replace("/**", "").replace("{project}", "navbot")
                .replace("{environment}", "signed")
                .replace("{deploy}", new UUID(0, 1).toString()).replaceAll("\\{(\\w+)}", "$1");
    }

    private static final KeyState STATE = new KeyState(1, "0123456789abcdefghijkl");

    /** With what an agent sends to the address of a route, signed. */
    private int signed(Route route, Who who) throws Exception {
        KeyPair pair = keys.computeIfAbsent(who, this::enrolled);
        AgentEnvelope event = SampleBatches.events("navbot", "signed", 1, 1).getFirst();
        boolean isHeartbeat = route.path().endsWith("/heartbeat");
        byte[] body = route.access() instanceof Access.Agents
                ? ContractJson.write(isHeartbeat
                        ? new Heartbeat("navbot", "signed", event.agent(), event.epoch(), 1L, 1L)
                        : new EventBatch(List.of(event)))
                : new byte[0];
        Ed25519Signature signature = Ed25519Signature.of(route.access() instanceof Access.Deployers
                ? Purpose.GATE
                : isHeartbeat ? Purpose.HEARTBEAT : Purpose.BATCH, body,
                Ed25519Signature.keyId(pair.getPublic()), pair.getPrivate());
        HttpRequest.Builder request = ledger.request(path(route))
                .method(route.method().name(), BodyPublishers.ofByteArray(body))
                .headers("Content-Type", "application/json", Ed25519Signature.KEY_HEADER, signature.key(),
                        Ed25519Signature.SIGNATURE_HEADER, signature.value(), KeyState.HEADER, STATE.toString());
        if (isForm(route)) {
            prove(request);
        }
        return ledger.send(request).statusCode();
    }

    private KeyPair enrolled(Who who) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String key = Ed25519Signature.keyId(pair.getPublic());
            String code = agentKeys.issue("navbot", "signed", Duration.ofDays(1), "local", null).code().value();
            assertThat(agentKeys.enrol(code, key,
                    Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()), who.name()))
                    .isEqualTo(AgentsResult.DONE);
            KeyState first = new KeyState(0, STATE.random());
            byte[] renewal = ContractJson.write(new AgentKey.Renewal(first.toString(), STATE.toString()));
            assertThat(agentKeys.renew(Ed25519Signature.of(Purpose.RENEWAL, renewal, key, pair.getPrivate()),
                    Sha256.hex(renewal), first, STATE, "127.0.0.1")).isInstanceOf(AgentKeys.Check.Trusted.class);
            if (who == Who.REVOKED_SIGNED_AGENT) {
                assertThat(agentKeys.revoke(key, "local", "gone")).isEqualTo(AgentsResult.DONE);
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_role_in_one_project_is_none_in_another() throws Exception {
        String elsewhere = tokens.getOrDefault(Who.VIEWER_ELSEWHERE, "");
        assertThat(ledger.send(ledger.request("/api/v1/projects/elsewhere").header("Authorization",
                "Bearer " + elsewhere)).statusCode()).isEqualTo(404);
        assertThat(TestClient.problem(ledger.send(ledger.request("/api/v1/projects/navbot").header("Authorization",
                "Bearer " + elsewhere)), 403).detail())
                .isEqualTo(
                        "'ada' (viewer of elsewhere) needs the role viewer in the project 'navbot'. Ask an administrator for it.");
    }

    @Test
    void a_refusal_names_the_role_that_is_needed() throws Exception {
        assertThat(refusal("/actuator/metrics", Who.VIEWER_ELSEWHERE))
                .isEqualTo(
                        "'ada' (viewer of elsewhere) needs the role viewer in all projects. Ask an administrator for it.");
        assertThat(refusal("/api/v1/people", Who.APPROVER))
                .isEqualTo("'ada' (approver) needs the role administrator in a project. Ask an administrator for it.");
        assertThat(refusal("/", Who.WITHOUT_ROLE))
                .isEqualTo("'eve' (no role) needs the role viewer in a project. Ask an administrator for it.");
        assertThat(refusal("POST", "/api/v1/events", Who.ADMINISTRATOR)).isEqualTo(
                "'ada' (administrator) needs the key of an agent, or an access token with the role agent. Ask an administrator for it.");
    }

    private String refusal(String path, Who who) throws Exception {
        return refusal("GET", path, who);
    }

    private String refusal(String method, String path, Who who) throws Exception {
        return TestClient.problem(as(who, ledger.request(path).method(method, BodyPublishers.noBody())), 403).detail();
    }

    private HttpResponse<String> as(Who who, HttpRequest.Builder request) throws Exception {
        return ledger.send(request.header("Authorization", "Bearer " + tokens.getOrDefault(who, "")));
    }

    @Test
    void lists_of_several_projects_have_only_those_that_the_caller_may_read() throws Exception {
        for (String project : List.of("navbot", "elsewhere")) {
            assertThat(ledger.post("/api/v1/events",
                    ContractJson.write(new EventBatch(SampleBatches.events(project, "only-" + project, 1, 1))),
                    "Authorization", "Bearer " + token(Role.AGENT, null, Duration.ofDays(1)).text()).statusCode())
                    .isEqualTo(200);
        }
        for (String path : List.of("/", "/api/v1/projects", "/api/v1/projects/none-such", "/api/v1/agents",
                "/api/v1/divergences?state=all", "/divergences", "/divergences?q=state:open,resolved", "/merges",
                "/merges?q=state:all", "/deploys",
                "/deploys?q=-state:failed", "/agents", "/agents?q=-agent:none")) {
            String seen = as(Who.VIEWER_ELSEWHERE, ledger.request(path)).body();
            assertThat(seen).as(path).doesNotContain("navbot");
        }
        assertThat(as(Who.VIEWER_ELSEWHERE, ledger.request("/")).body()).contains("only-elsewhere")
                .contains("1 environment of 1 project");
        assertThat(as(Who.VIEWER_ELSEWHERE, ledger.request("/api/v1/projects")).body()).contains("elsewhere");
        assertThat(as(Who.VIEWER, ledger.request("/")).body()).contains("only-elsewhere", "only-navbot");
    }

    @Test
    void a_withdrawn_role_opens_nothing_in_tokens() throws Exception {
        identities.grant("bob", Role.VIEWER, "elsewhere", "local");
        String token = identities.issueToken("bob", "test", Role.VIEWER, null, Duration.ofDays(1)).orElseThrow()
                .text();
        HttpRequest.Builder request = ledger.request("/api/v1/projects").header("Authorization", "Bearer " + token);
        assertThat(ledger.send(request).statusCode()).isEqualTo(200);
        identities.withdraw("bob", "elsewhere", "local");
        assertThat(ledger.send(request).statusCode()).isEqualTo(403);
    }

    @Test
    void an_agent_sends_for_its_own_project_only() throws Exception {
        byte[] batch = ContractJson.write(new EventBatch(SampleBatches.events("navbot", "staging", 1, 1)));
        String agent = tokens.getOrDefault(Who.AGENT, "");
        String elsewhere = tokens.getOrDefault(Who.AGENT_ELSEWHERE, "");
        assertThat(TestClient.problem(ledger.post("/api/v1/events", batch, "Authorization", "Bearer " + elsewhere), 403)
                .detail()).isEqualTo(
                        "The access token is for another project than 'navbot'. Use a token of this project, or send to its own.");
        assertThat(ledger.post("/api/v1/events", batch, "Authorization", "Bearer " + agent).statusCode())
                .isEqualTo(200);
        AgentEnvelope sent = SampleBatches.events("navbot", "staging", 1, 1).getFirst();
        byte[] heartbeat = ContractJson
                .write(new Heartbeat("navbot", "staging", sent.agent(), sent.epoch(), 1L, 1L));
        assertThat(ledger.post("/api/v1/heartbeat", heartbeat, "Authorization", "Bearer " + elsewhere).statusCode())
                .isEqualTo(403);
        assertThat(ledger.post("/api/v1/heartbeat", heartbeat, "Authorization", "Bearer " + agent).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_token_is_stored_as_a_digest_only() {
        assertThat(identities.tokens(null)).noneMatch(token -> tokens.containsValue(token.digest()))
                .anyMatch(token -> token.digest().equals(Sha256.hex(tokens.getOrDefault(Who.ADMINISTRATOR, ""))));
    }

    @Test
    void a_browser_is_led_to_the_page_where_people_sign_in() throws Exception {
        HttpResponse<String> answer = ledger.send(ledger.request("/").header("Accept", "text/html"));
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).endsWith("/sign-in");
    }
}
