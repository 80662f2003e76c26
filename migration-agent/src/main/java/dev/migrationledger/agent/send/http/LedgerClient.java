package dev.migrationledger.agent.send.http;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.identity.AgentKeyFile;
import dev.migrationledger.agent.identity.Credentials;
import dev.migrationledger.agent.send.BatchJson;
import dev.migrationledger.agent.send.LedgerReplies;
import dev.migrationledger.agent.send.LedgerResponse;
import dev.migrationledger.agent.send.LedgerTransport;
import dev.migrationledger.agent.send.TraceHeader;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.contracts.identity.Ed25519Signature.Purpose;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A ledger's HTTP, as an agent uses it. */
public final class LedgerClient implements LedgerTransport {

    /** More than any answer to a question has; whatever sends more is no ledger. */
    static final long MOST_BYTES = 16L * 1024 * 1024;

    /** Likewise of a receipt, an answer to a heartbeat, and a problem. */
    static final long MOST_BYTES_OF_RECEIPT = 64L * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI base;
    private final LedgerAnswers answers;
    private final BoundedHttpClient client;
    private final ProvedRequests requests;

    private LedgerClient(URI base, Duration patience, Credentials credentials) {
        this.base = base;
        this.answers = new LedgerAnswers(base, patience);
        this.client = new BoundedHttpClient(patience);
        this.requests = new ProvedRequests(base, patience, credentials, answers, client);
    }

    /** The ledger at this address, which is not asked yet; fails with wrong usage if it is no address. */
    public static LedgerClient at(String url) {
        return at(url, PATIENCE);
    }

    /**
     * The same with a time limit.
     *
     * @param patience how long an exchange may take, from the connection to the last byte of the answer
     */
    public static LedgerClient at(String url, Duration patience) {
        return at(url, patience, System.getenv());
    }

    /** The same for who these environment variables say. */
    static LedgerClient at(String url, Duration patience, Map<String, String> variables) {
        URI address = address(url);
        return new LedgerClient(address, patience, Credentials.of(address, variables));
    }

    /** For who has no key yet. */
    public static LedgerClient unsigned(String url) {
        return new LedgerClient(address(url), PATIENCE, Credentials.NONE);
    }

    /** Reads the URL of a ledger; fails with wrong usage if it cannot be read. */
    public static URI address(String url) {
        try {
            URI uri = new URI(url.strip().replaceFirst("/+$", ""));
            if (uri.getUserInfo() != null) {
                throw CommandFailure.usage(
                        "The --ledger URL has a user or password, which the ledger does not accept; leave it out.");
            }
            if (uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw notAnAddress(e);
        }
        throw notAnAddress(null);
    }

    /** Without the text itself, which may hold a password. */
    private static CommandFailure notAnAddress(@Nullable URISyntaxException e) {
        return CommandFailure.usage("The --ledger URL cannot be read%s; write http://host:port or https://host."
                .formatted(e == null ? "" : " at character " + (e.getIndex() + 1)));
    }

    @Override
    public String toString() {
        return base.toString();
    }

    @Override
    public LedgerResponse post(List<byte[]> envelopes) throws InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = post("/api/v1/events", Purpose.BATCH, BatchJson.of(envelopes, Instant.now()),
                    MOST_BYTES_OF_RECEIPT);
        } catch (IOException e) {
            return new LedgerResponse.RetryLater(answers.unreachable(e), null);
        }
        return answers.replies().receipt(LedgerAnswers.reply(response));
    }

    @Override
    public HeartbeatResult send(Heartbeat heartbeat) throws InterruptedException {
        byte[] body = ContractJson.write(heartbeat);
        HttpRequest.Builder request = requests.signed("/api/v1/heartbeat", Purpose.HEARTBEAT, body)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .POST(BodyPublishers.ofByteArray(body));
        try {
            return LedgerReplies.heartbeat(LedgerAnswers.reply(requests.sent(request, MOST_BYTES_OF_RECEIPT)));
        } catch (IOException e) {
            return HeartbeatResult.LOST;
        }
    }

    /** What answers of this ledger mean. */
    LedgerAnswers answers() {
        return answers;
    }

    /** Host and port, as the URL has them. */
    public String host() {
        return base.getRawAuthority();
    }

    /**
     * Has the ledger accept a key.
     *
     * @throws CommandFailure if the ledger refuses it, or does not answer
     */
    public AgentKey enrol(String code, String name, AgentKeyFile made) {
        byte[] body = ContractJson.write(new AgentKey.Enrolment(code, made.publicKey(), name));
        HttpRequest request = ProvedRequests.with(requests.to("/api/v1/agents"), made.sign(Purpose.ENROLMENT, body))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, application/problem+json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> response = exchanged(() -> client.send(request, MOST_BYTES_OF_RECEIPT));
        try {
            if (response.statusCode() == 201) {
                return ContractJson.read(response.body(), AgentKey.class);
            }
        } catch (WireException e) {
            throw CommandFailure.unknown(answers.notALedger(201).reason());
        }
        Problem problem = LedgerAnswers.problem(response)
                .orElseThrow(() -> CommandFailure.unknown(answers.notALedger(response.statusCode()).reason()));
        throw response.statusCode() >= 500
                ? CommandFailure.unknown("The ledger at %s answers %d: %s".formatted(base, response.statusCode(),
                        problem.detail()))
                : CommandFailure.usage("The ledger at %s does not enroll this agent: %s".formatted(base,
                        problem.detail()));
    }

    /**
     * Posts something that an agent signs, compressed.
     *
     * @param path with escaped names
     * @param most bytes of the answer
     */
    HttpResponse<byte[]> post(String path, Purpose purpose, byte[] body, long most)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = requests.signed(path, purpose, body)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Accept", "application/json, application/problem+json")
                .POST(BodyPublishers.ofByteArray(BatchJson.compressed(body)));
        TraceHeader.current().ifPresent(trace -> request.header(TraceHeader.NAME, trace));
        return requests.sent(request, most);
    }

    /**
     * Asks for something.
     *
     * @param path below the ledger's own, such as {@code /api/v1/projects}
     * @throws CommandFailure saying why there is no answer
     */
    public <T> T get(String path, Class<T> type) {
        byte[] answer = answer(path, "application/json, application/problem+json");
        try {
            return ContractJson.read(answer, type);
        } catch (WireException e) {
            throw CommandFailure.unknown(answers.notALedger(200).reason());
        }
    }

    /**
     * Asks for a file.
     *
     * @throws CommandFailure saying why there is no answer
     */
    public byte[] file(String path) {
        return answer(path, "text/plain, application/problem+json");
    }

    /**
     * Writes a file of any size as it comes.
     *
     * @param path with escaped names
     * @throws CommandFailure if it does not come, or not whole
     */
    public void download(String path, OutputStream out) {
        HttpRequest request = requests.to(path).header("Accept", "*/*").build();
        try {
            HttpResponse<InputStream> response = client.open(request);
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw CommandFailure.unknown("The ledger at %s answers %d and sends no file. Try again later."
                            .formatted(base, response.statusCode()));
                }
                body.transferTo(out);
                out.flush();
            }
        } catch (IOException e) {
            throw CommandFailure.unknown(answers.unreachable(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.unknown("Interrupted before the ledger at %s had answered.".formatted(base));
        }
    }

    private byte[] answer(String path, String accept) {
        HttpRequest.Builder request;
        try {
            request = requests.to(new URI(base + path)).header("Accept", accept);
        } catch (URISyntaxException e) {
            // Names and digests that a ledger gave fit into an address.
            throw CommandFailure.unknown(
                    "The ledger at %s sent an invalid name or digest: '%s'.".formatted(base,
                            LedgerReplies.plain(path)));
        }
        HttpResponse<byte[]> response = exchanged(() -> requests.asked(request, MOST_BYTES));
        if (response.statusCode() == 200) {
            return response.body();
        }
        throw answers.failure(response);
    }

    /** What a ledger answers to a change. */
    public final class Answer {

        private final HttpResponse<byte[]> response;

        private Answer(HttpResponse<byte[]> response) {
            this.response = response;
        }

        /**
         * The body of a change that was made.
         *
         * @throws CommandFailure if it was not made
         */
        public <T> T read(Class<T> type) {
            check();
            try {
                return ContractJson.read(response.body(), type);
            } catch (WireException e) {
                throw CommandFailure.unknown(answers.notALedger(response.statusCode()).reason());
            }
        }

        /**
         * Does nothing if the change was made.
         *
         * @throws CommandFailure if it was not made
         */
        public void check() {
            if (response.statusCode() / 100 != 2) {
                throw answers.failure(response);
            }
        }

        /** The problem with this code, if it is the answer. */
        public <T> Optional<T> problem(String code, Class<T> type) {
            return LedgerAnswers.problem(response).filter(it -> it.code().equals(code))
                    .map(_ -> ContractJson.read(response.body(), type));
        }
    }

    /**
     * Has the ledger change something, with the access token of who asks.
     *
     * @param path with escaped names
     * @param headers names and values in turn
     * @throws CommandFailure if nothing answers
     */
    public Answer send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request = requests.to(path)
                .header("Accept", "application/json, application/problem+json")
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        HttpRequest change = (headers.length == 0 ? request : request.headers(headers)).build();
        return new Answer(exchanged(() -> client.send(change, MOST_BYTES)));
    }

    /**
     * Posts something large that no agent signs: a pipeline signs in for it, a person's access token goes with it.
     *
     * @param path with escaped names
     * @throws CommandFailure if nothing answers
     */
    public Answer submit(String path, byte[] body) {
        HttpRequest.Builder request = requests.to(path)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .header("Accept", "application/json, application/problem+json")
                .POST(BodyPublishers.ofByteArray(BatchJson.compressed(body)));
        return new Answer(exchanged(() -> requests.asked(request, MOST_BYTES)));
    }

    private interface Exchange {
        HttpResponse<byte[]> run() throws IOException, InterruptedException;
    }

    private HttpResponse<byte[]> exchanged(Exchange exchange) {
        try {
            return exchange.run();
        } catch (IOException e) {
            throw CommandFailure.unknown(answers.unreachable(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.unknown("Interrupted before the ledger at %s had answered.".formatted(base));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
