package dev.migrationledger.agent.send.http;

import dev.migrationledger.agent.identity.AgentKeyFile;
import dev.migrationledger.agent.identity.Credentials;
import dev.migrationledger.agent.identity.IdTokenSource;
import dev.migrationledger.agent.send.Reply;
import dev.migrationledger.agent.send.signed.KeyRenewal;
import dev.migrationledger.agent.send.signed.SignInException;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.identity.Ed25519Signature;
import dev.migrationledger.contracts.identity.KeyState;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Requests with what proves who sends them: the signature and the state of a key, the session of a pipeline, or an access token. */
final class ProvedRequests {

    private final URI base;
    private final Duration patience;
    private final Credentials credentials;
    private final @Nullable PipelineSignIn pipeline;
    private final @Nullable KeyRenewal renewal;
    private final BoundedHttpClient client;

    ProvedRequests(
            URI base, Duration patience, Credentials credentials, LedgerAnswers answers, BoundedHttpClient client) {
        this.base = base;
        this.patience = patience;
        this.credentials = credentials;
        this.client = client;
        AgentKeyFile key = credentials.key();
        this.renewal = key == null ? null : new KeyRenewal(key, this::send, Clock.systemUTC());
        IdTokenSource idToken = credentials.idToken();
        this.pipeline = idToken == null
                ? null
                : new PipelineSignIn(idToken, credentials.keptSessions(), answers, client);
    }

    /**
     * With the access token, if there is one.
     *
     * @param path with escaped names
     */
    HttpRequest.Builder to(String path) {
        return to(URI.create(base + path));
    }

    HttpRequest.Builder to(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
        String token = credentials.accessToken();
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    /** Likewise, signed with the key, if there is one. */
    HttpRequest.Builder signed(String path, Purpose purpose, byte[] body) {
        HttpRequest.Builder request = to(path);
        AgentKeyFile key = credentials.key();
        return key == null ? request : with(request, key.sign(purpose, body));
    }

    static HttpRequest.Builder with(HttpRequest.Builder request, Ed25519Signature signature) {
        return request.setHeader(Ed25519Signature.KEY_HEADER, signature.key())
                .setHeader(Ed25519Signature.SIGNATURE_HEADER, signature.value());
    }

    /** What a key signs about itself. */
    private Reply send(String path, Ed25519Signature signature, byte[] body) throws IOException, InterruptedException {
        return LedgerAnswers.reply(client.send(with(HttpRequest.newBuilder(URI.create(base + path)), signature)
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .POST(BodyPublishers.ofByteArray(body))
                .build(), LedgerClient.MOST_BYTES_OF_RECEIPT));
    }

    /** Sends a question. A pipeline signs in for it; a key of an agent opens none. */
    HttpResponse<byte[]> asked(HttpRequest.Builder request, long most) throws IOException, InterruptedException {
        return pipeline == null ? client.send(request.build(), most) : sentInSession(request, most);
    }

    /** Sends what only who is known may send. */
    HttpResponse<byte[]> sent(HttpRequest.Builder request, long most) throws IOException, InterruptedException {
        return renewal == null
                ? sentInSession(request, most)
                : renewal.sent(state -> client.send(request.setHeader(KeyState.HEADER, state).build(), most),
                        LedgerAnswers::reply);
    }

    /** A pipeline signs in for it, and again if its session has ended. */
    private HttpResponse<byte[]> sentInSession(HttpRequest.Builder request, long most)
            throws IOException, InterruptedException {
        String session = pipeline == null ? null : pipeline.session();
        HttpResponse<byte[]> response = client.send(inSession(request, session), most);
        if (response.statusCode() != 401) {
            return response;
        }
        if (pipeline != null && session != null) {
            pipeline.ended(session);
            return client.send(inSession(request, pipeline.session()), most);
        }
        String advice = pipeline == null ? credentials.advice() : pipeline.withoutPipelines();
        if (advice != null) {
            throw new SignInException("The ledger at %s asks for sign-in. %s".formatted(base, advice), true);
        }
        return response;
    }

    /** @param session absent: nobody signs in */
    private static HttpRequest inSession(HttpRequest.Builder request, @Nullable String session) {
        return (session == null ? request : request.setHeader("Authorization", "Bearer " + session)).build();
    }
}
