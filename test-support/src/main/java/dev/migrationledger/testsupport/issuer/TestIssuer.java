package dev.migrationledger.testsupport.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of OpenID Connect on a port of this machine: discovery, key set, authorization with PKCE, tokens. It also makes the tokens that
 * pipelines get from theirs, and gives jobs their own as GitHub Actions does. It asks nobody for a password: {@link #signsIn} says who sits before the browser.
 */
public final class TestIssuer implements AutoCloseable {

    /** The ledger's name and secret at this issuer. */
    public static final String CLIENT = "migration-ledger";

    public static final String CLIENT_SECRET = "planted-client-secret";

    private static final String KEY_ID = "one";

    private final HttpServer server;
    private final String address;
    /** Of issuers that were closed. To make one takes a second and more, and no two issuers have the same at once. */
    private static final Queue<KeyPair> UNUSED_KEYS = new ConcurrentLinkedQueue<>();

    private final KeyPair key = takeKey();
    private @Nullable KeyPair anotherKey;
    private final Map<String, Map<String, String>> authorized = new ConcurrentHashMap<>();

    /** What a job of GitHub Actions shows in order to get an id token. */
    public static final String JOB_SECRET = "planted-job-secret";

    private volatile Map<String, Object> job = Map.of();
    private volatile Map<String, Object> person = Map.of("sub", "ada");
    private volatile Function<Map<String, Object>, String> idTokens = this::token;
    private volatile boolean keysAreHidden;
    private boolean closed;

    private TestIssuer(HttpServer server) {
        this.server = server;
        this.address = "http://127.0.0.1:" + server.getAddress().getPort();
        on("/.well-known/openid-configuration", exchange -> answer(exchange, 200, Map.of(
                "issuer", address,
                "authorization_endpoint", address + "/authorize",
                "token_endpoint", address + "/token",
                "jwks_uri", address + "/keys",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("public"),
                "id_token_signing_alg_values_supported", List.of("RS256"),
                "scopes_supported", List.of("openid", "profile", "email"))));
        on("/keys", exchange -> {
            if (keysAreHidden) {
                answer(exchange, 503, Map.of("error", "temporarily_unavailable"));
            } else {
                answer(exchange, 200, Map.of("keys", List.of(published((RSAPublicKey) key.getPublic()))));
            }
        });
        on("/authorize", this::authorize);
        on("/token", this::exchange);
        on("/job-token", this::giveJob);
        server.start();
    }

    /** Starts one on a free port. */
    public static TestIssuer start() {
        return start(0);
    }

    /** Starts one on a port, which was that of a closed one. */
    public static TestIssuer start(int port) {
        try {
            return new TestIssuer(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What its tokens name as {@code iss}. */
    public String address() {
        return address;
    }

    /**
     * A token with these claims, signed. It is from this issuer, new and good for five minutes, unless the claims say otherwise; a claim that
     * is {@code null} is left out. Times are instants.
     */
    public String token(Map<String, Object> claims) {
        return signed(claims, key);
    }

    /** Likewise, signed with a key that the issuer does not publish, under the id of the one that it does. */
    public String forged(Map<String, Object> claims) {
        return signed(claims, anotherKey());
    }

    private synchronized KeyPair anotherKey() {
        if (anotherKey == null) {
            anotherKey = takeKey();
        }
        return anotherKey;
    }

    /** Likewise, with {@code alg: none}. */
    public String unsigned(Map<String, Object> claims) {
        return encoded(Map.of("alg", "none")) + "." + encoded(complete(claims)) + ".";
    }

    /** Whether the address of the key set answers with an error from now on. */
    public void hideKeys(boolean hide) {
        keysAreHidden = hide;
    }

    /** The variables with which GitHub Actions starts a job that may get id tokens; these have the claims. */
    public Map<String, String> githubJob(Map<String, Object> claims) {
        job = Map.copyOf(claims);
        return Map.of("GITHUB_ACTIONS", "true", "ACTIONS_ID_TOKEN_REQUEST_URL", address + "/job-token?api-version=2.0",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN", JOB_SECRET);
    }

    /** Who signs in from now on: the claims of their id tokens, such as {@code sub}, {@code name} and {@code groups}. */
    public void signsIn(Map<String, Object> claims) {
        person = Map.copyOf(claims);
    }

    /** What id tokens are made of claims from now on: {@link #token}, {@link #forged} or {@link #unsigned}, of changed claims. */
    public void idTokens(Function<Map<String, Object>, String> making) {
        idTokens = making;
    }

    /** Likewise, of claims that a test changes. */
    public void idTokensWith(UnaryOperator<Map<String, Object>> change) {
        idTokens = claims -> token(change.apply(claims));
    }

    @Override
    public synchronized void close() {
        server.stop(0);
        if (!closed) {
            closed = true;
            UNUSED_KEYS.add(key);
            if (anotherKey != null) {
                UNUSED_KEYS.add(anotherKey);
            }
        }
    }

    private String signed(Map<String, Object> claims, KeyPair with) {
        try {
            String text = encoded(Map.of("alg", "RS256", "typ", "JWT", "kid", KEY_ID)) + "."
                    + encoded(complete(claims));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(with.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> complete(Map<String, Object> claims) {
        Instant now = Instant.now();
        Map<String, @Nullable Object> all = new LinkedHashMap<>(Map.of(
                "iss", address, "iat", now, "exp", now.plusSeconds(300), "jti", UUID.randomUUID().toString()));
        all.putAll(claims);
        Map<String, Object> complete = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (value != null) {
                complete.put(name, value instanceof Instant time ? time.getEpochSecond() : value);
            }
        });
        return complete;
    }

    private static String encoded(Map<String, ?> json) {
        return encoded(ContractJson.write(json));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static Map<String, String> published(RSAPublicKey publicKey) {
        return Map.of("kty", "RSA", "use", "sig", "alg", "RS256", "kid", KEY_ID, "n", encoded(publicKey.getModulus()),
                "e", encoded(publicKey.getPublicExponent()));
    }

    /** Without the sign, which Java writes in front. */
    private static String encoded(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return encoded(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static KeyPair takeKey() {
        KeyPair unused = UNUSED_KEYS.poll();
        return unused == null ? newKey() : unused;
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void giveJob(HttpExchange exchange) throws IOException {
        if (!("Bearer " + JOB_SECRET).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, Map.of("message", "not authorized"));
            return;
        }
        Map<String, Object> claims = new HashMap<>(job);
        claims.put("aud", form(exchange.getRequestURI().getRawQuery()).getOrDefault("audience", ""));
        answer(exchange, 200, Map.of("count", 1, "value", token(claims)));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = form(exchange.getRequestURI().getRawQuery());
        if (!CLIENT.equals(asked.get("client_id")) || !"code".equals(asked.get("response_type"))
                || !asked.getOrDefault("scope", "").contains("openid")) {
            answer(exchange, 400, Map.of("error", "invalid_request"));
            return;
        }
        String code = UUID.randomUUID().toString();
        authorized.put(code, asked);
        exchange.getResponseHeaders().set("Location", "%s?code=%s&state=%s".formatted(
                asked.get("redirect_uri"), code,
                URLEncoder.encode(asked.getOrDefault("state", ""), StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(302, -1);
    }

    private void exchange(HttpExchange exchange) throws IOException {
        Map<String, String> shown = form(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = authorized.remove(shown.getOrDefault("code", ""));
        String secret = "Basic " + Base64.getEncoder().encodeToString(
                "%s:%s".formatted(CLIENT, CLIENT_SECRET).getBytes(StandardCharsets.UTF_8));
        if (!secret.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, Map.of("error", "invalid_client"));
        } else if (asked == null || !proves(shown.getOrDefault("code_verifier", ""), asked)
                || !String.valueOf(asked.get("redirect_uri")).equals(shown.get("redirect_uri"))) {
            answer(exchange, 400, Map.of("error", "invalid_grant"));
        } else {
            Map<String, Object> claims = new HashMap<>(person);
            claims.put("aud", CLIENT);
            claims.put("nonce", asked.getOrDefault("nonce", ""));
            answer(exchange, 200, Map.of("access_token", "planted-access-token", "token_type", "Bearer",
                    "expires_in", 300, "id_token", idTokens.apply(claims)));
        }
    }

    /** PKCE: the verifier is what the challenge was made of. */
    private static boolean proves(String verifier, Map<String, String> asked) {
        byte[] digest = HexFormat.of().parseHex(Sha256.hex(verifier));
        return "S256".equals(asked.get("code_challenge_method"))
                && Base64.getUrlEncoder().withoutPadding().encodeToString(digest).equals(asked.get("code_challenge"));
    }

    private void on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, Map<String, ?> json) throws IOException {
        byte[] body = ContractJson.write(json);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> form(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }
}
