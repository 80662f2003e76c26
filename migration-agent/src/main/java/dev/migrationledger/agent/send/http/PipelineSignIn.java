package dev.migrationledger.agent.send.http;

import dev.migrationledger.agent.identity.IdTokenSource.Github;
import dev.migrationledger.agent.identity.IdTokenSource.TokenFile;
import dev.migrationledger.agent.identity.IdTokenSource.Variable;
import dev.migrationledger.agent.identity.IdTokenSource;
import dev.migrationledger.agent.identity.KeptSessions;
import dev.migrationledger.agent.send.signed.SignInException;
import dev.migrationledger.contracts.identity.PipelineSession;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges id tokens for sessions at one ledger. A session begins when something is sent first, and another one when the ledger no longer
 * knows it. Safe for several threads.
 */
final class PipelineSignIn {

    /** A ledger counts wrong tokens by address, and other programs may have the same one. */
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

    private static final int MOST_BYTES = 64 * 1024;

    private final IdTokenSource source;
    private final KeptSessions kept;
    private final LedgerAnswers answers;
    private final BoundedHttpClient client;

    private @Nullable String session;
    private @Nullable String withoutPipelines;

    /** A kept session that the ledger no longer knows. */
    private String ended = "";
    private @Nullable SignInException refusal;
    private Instant refusedUntil = Instant.MIN;

    PipelineSignIn(IdTokenSource source, KeptSessions kept, LedgerAnswers answers, BoundedHttpClient client) {
        this.source = source;
        this.kept = kept;
        this.answers = answers;
        this.client = client;
    }

    /** The token of a session, which may have ended meanwhile; absent: {@link #withoutPipelines}. */
    synchronized @Nullable String session() throws IOException, InterruptedException {
        String known = session;
        if (known != null || withoutPipelines != null) {
            return known;
        }
        SignInException before = refusal;
        if (before != null && Instant.now().isBefore(refusedUntil)) {
            throw new SignInException(String.valueOf(before.getMessage()), true);
        }
        String idToken = idToken();
        String begun = kept(idToken);
        if (begun == null) {
            begun = begin(idToken);
        }
        session = begun;
        return begun;
    }

    /** Why this ledger lets no pipeline sign in, although it may accept what nobody signed in for; absent: it does. */
    synchronized @Nullable String withoutPipelines() {
        return withoutPipelines;
    }

    /** The ledger does not know this session any more. */
    synchronized void ended(String token) {
        if (token.equals(session)) {
            session = null;
            ended = token;
        }
    }

    private @Nullable String kept(String idToken) {
        return switch (source) {
            case Variable _ -> kept.session(answers.base().toString(), idToken).filter(it -> !it.equals(ended))
                    .orElse(null);
            case Github _,TokenFile _ -> null;
        };
    }

    private void keep(String idToken, String begun) {
        switch (source) {
            case Variable _ -> kept.keep(answers.base().toString(), idToken, begun);
            case Github _,TokenFile _ -> {
            } // There is always a token for the next command.
        }
    }

    private @Nullable String begin(String idToken) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(HttpRequest
                .newBuilder(URI.create(answers.base() + "/api/v1/pipeline-sessions"))
                .timeout(answers.patience())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .POST(BodyPublishers.ofByteArray(ContractJson.write(new PipelineSession.Wanted(idToken))))
                .build(), LedgerClient.MOST_BYTES_OF_RECEIPT);
        int status = response.statusCode();
        if (status == 201) {
            try {
                String begun = ContractJson.read(response.body(), PipelineSession.class).token();
                keep(idToken, begun);
                return begun;
            } catch (WireException e) {
                throw new SignInException(answers.notALedger(status).reason(), false);
            }
        }
        Problem problem = LedgerAnswers.problem(response)
                .orElseThrow(() -> new SignInException(answers.notALedger(status).reason(), false));
        String words = "The ledger at %s does not accept the id token of %s: %s".formatted(answers.base(), source,
                problem.detail());
        if (problem.code().equals(PipelineSession.AUDIENCE_MISSING)) {
            withoutPipelines = words;
            return null;
        }
        if (status >= 500 || status == 429) {
            throw new SignInException(words, false);
        }
        SignInException refused = new SignInException(words, true);
        refusal = refused;
        refusedUntil = Instant.now().plus(AFTER_REFUSAL);
        throw refused;
    }

    private String idToken() throws IOException, InterruptedException {
        String token = switch (source) {
            case Github github -> requested(github);
            case Variable variable -> variable.token();
            case TokenFile file -> read(file);
        };
        if (!token.matches("[A-Za-z0-9_.-]+")) {
            throw new SignInException("What %s has is not an id token.".formatted(source), true);
        }
        return token;
    }

    /** Read each time: Kubernetes replaces it. */
    private static String read(TokenFile file) throws SignInException {
        try (InputStream bytes = Files.newInputStream(file.path())) {
            return new String(bytes.readNBytes(MOST_BYTES), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new SignInException("The id token cannot be read from %s. Check the volume that holds it."
                    .formatted(file), false);
        }
    }

    /** What GitHub answers. */
    private record Requested(String value) {}

    private String requested(Github github) throws IOException, InterruptedException {
        String separator = github.address().getRawQuery() == null ? "?" : "&";
        URI address = URI.create(github.address() + separator + "audience="
                + URLEncoder.encode(github.audience(), StandardCharsets.UTF_8));
        try {
            HttpResponse<byte[]> response = client.send(HttpRequest.newBuilder(address).timeout(answers.patience())
                    .header("Authorization", "Bearer " + github.requestToken())
                    .header("Accept", "application/json").build(), MOST_BYTES);
            if (response.statusCode() == 200) {
                return ContractJson.read(response.body(), Requested.class).value();
            }
            throw new SignInException(
                    "GitHub answers %d instead of an id token. Let 'permissions' of the job have 'id-token' with the value 'write'."
                            .formatted(response.statusCode()),
                    false);
        } catch (WireException | IllegalArgumentException e) {
            throw new SignInException("What GitHub answers has no id token.", false);
        } catch (SignInException e) {
            throw e;
        } catch (IOException e) {
            throw new SignInException("GitHub does not answer the request for an id token.", false);
        }
    }
}
