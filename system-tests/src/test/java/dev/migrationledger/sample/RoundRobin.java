package dev.migrationledger.sample;

import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends each request to the next ledger, as a balancer that knows nothing of ledgers that stop. */
final class RoundRobin implements AgentLoad.Way, AutoCloseable {

    private final List<SampleLedger> ledgers;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger turn = new AtomicInteger();

    RoundRobin(List<SampleLedger> ledgers) {
        this.ledgers = List.copyOf(ledgers);
    }

    /** An agent tries again if nothing answers, or if the answer is that the ledger can record nothing now. */
    @Override
    public Optional<Receipt> send(AgentLoad.Agent agent, byte[] batch) throws InterruptedException {
        try {
            HttpResponse<byte[]> answer = post("/api/v1/events", batch);
            return switch (answer.statusCode()) {
                case 200 -> Optional.of(ContractJson.read(answer.body(), Receipt.class));
                case 429, 503 -> Optional.empty();
                default -> throw new AssertionError("An agent of %s gets %d: %s".formatted(agent.stream(),
                        answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
            };
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** @param headers names and values in turn */
    HttpResponse<byte[]> post(String path, byte[] body, String... headers) throws IOException, InterruptedException {
        SampleLedger ledger = ledgers.get(Math.floorMod(turn.getAndIncrement(), ledgers.size()));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ledger.url() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        return http.send((headers.length == 0 ? request : request.headers(headers)).build(),
                BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        http.close();
    }
}
