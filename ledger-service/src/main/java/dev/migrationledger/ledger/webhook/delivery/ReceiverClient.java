package dev.migrationledger.ledger.webhook.delivery;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Sends one message. HTTP/1.1 by hand, because {@code HttpClient} looks a name up by itself: the address that it calls could be another than the
 * one that was checked. Nothing of an answer is read but its head, no redirect is followed, and everything together ends after a while.
 */
public final class ReceiverClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Of an answer; more is none. */
    private static final int LONGEST_HEAD = 16_384;

    private static final int MOST_ADDRESSES = 3;

    private final ReceiverAddress addresses;
    private final SSLContext tls;
    private final Duration patience;

    /** @param patience how long one attempt takes at most */
    public ReceiverClient(ReceiverAddress addresses, SSLContext tls, Duration patience) {
        this.addresses = addresses;
        this.tls = tls;
        this.patience = patience;
    }

    ReceiverAnswer post(URI url, Map<String, String> headers, byte[] body) {
        String host = url.getHost();
        InetAddress[] found;
        try {
            found = InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            return ReceiverAnswer.failed("no address of %s is known".formatted(host));
        }
        for (InetAddress address : found) {
            Optional<String> refusal = addresses.refusal(host, address);
            if (refusal.isPresent()) {
                return ReceiverAnswer.failed(refusal.get());
            }
        }
        return post(url, List.of(found).subList(0, Math.min(found.length, MOST_ADDRESSES)), headers, body);
    }

    private ReceiverAnswer post(URI url, List<InetAddress> all, Map<String, String> headers, byte[] body) {
        ReceiverAnswer answer = ReceiverAnswer.failed("no address is known");
        for (InetAddress address : all) {
            AtomicBoolean late = new AtomicBoolean();
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, ReceiverAddress.port(url)), (int) CONNECT.toMillis());
                return within(socket, late, () -> exchange(url, socket, headers, body));
            } catch (SocketTimeoutException | ConnectException | NoRouteToHostException e) {
                answer = ReceiverAnswer.failed("cannot connect: " + e.getMessage()); // Another address may answer.
            } catch (SSLException e) {
                return ReceiverAnswer.failed(late.get() ? tooLate() : "TLS failed: " + e.getMessage());
            } catch (IOException e) {
                return ReceiverAnswer.failed(late.get() ? tooLate() : "the connection broke: " + e.getMessage());
            }
        }
        return answer;
    }

    private String tooLate() {
        return "no answer within %d s".formatted(patience.toSeconds());
    }

    private interface Exchange {
        ReceiverAnswer run() throws IOException;
    }

    /** Closes the connection when the time is over: also a receiver that takes nothing, or sends byte by byte, ends so. */
    private ReceiverAnswer within(Socket socket, AtomicBoolean late, Exchange exchange) throws IOException {
        Thread closing = Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(patience);
                late.set(true);
                socket.close();
            } catch (InterruptedException | IOException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return exchange.run();
        } finally {
            closing.interrupt();
        }
    }

    private ReceiverAnswer exchange(URI url, Socket plain, Map<String, String> headers, byte[] body)
            throws IOException {
        Socket socket = url.getScheme().equals("https") ? encrypted(url, plain) : plain;
        OutputStream out = socket.getOutputStream();
        out.write(head(url, headers, body.length).getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        return read(new BufferedInputStream(socket.getInputStream()));
    }

    private Socket encrypted(URI url, Socket plain) throws IOException {
        // With the name, which the certificate has to have.
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, url.getHost(),
                ReceiverAddress.port(url), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String head(URI url, Map<String, String> headers, int length) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        StringBuilder head = new StringBuilder("POST %s%s HTTP/1.1\r\nHost: %s%s\r\n".formatted(path, query,
                url.getHost(), url.getPort() < 0 ? "" : ":" + url.getPort()));
        head.append("Content-Type: application/json\r\nContent-Length: ").append(length)
                .append("\r\nUser-Agent: migration-ledger\r\nConnection: close\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static ReceiverAnswer read(InputStream in) throws IOException {
        Optional<AnswerHead> head = AnswerHead.read(in, LONGEST_HEAD);
        while (head.isPresent() && head.get().isInterim()) {
            head = AnswerHead.read(in, LONGEST_HEAD);
        }
        return head.map(AnswerHead::answer)
                .orElse(ReceiverAnswer.failed("the connection ended without an answer in HTTP"));
    }
}
