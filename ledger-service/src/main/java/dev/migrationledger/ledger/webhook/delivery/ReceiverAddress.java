package dev.migrationledger.ledger.webhook.delivery;

import dev.migrationledger.contracts.identity.AgentKey;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses the ledger calls. A webhook must not make it reach what only the ledger reaches: its own machine, the network around it, and
 * what clouds tell their machines.
 */
public final class ReceiverAddress {

    /** What an address can be reached as. */
    enum Reach {
        /** By everyone. */
        PUBLIC,
        /** Within a network; only where the settings name the host. */
        INTERNAL,
        /** Never called. */
        FORBIDDEN
    }

    private static final int LONGEST_URL = 2_000;

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** Where clouds tell machines their credentials, outside of the link-local network. */
    private static final Set<String> METADATA = Set.of("100.100.100.200", "fd00:ec2:0:0:0:0:0:254", "192.0.0.192",
            "168.63.129.16");

    private final List<String> internalHosts;

    /** @param internalHosts those that may have an internal address; {@code *} stands for any text */
    public ReceiverAddress(List<String> internalHosts) {
        this.internalHosts = internalHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    /** What is wrong with the address of a new webhook, and what to do; empty: nothing. Names are looked up only when a message is sent. */
    public Optional<String> problem(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("The URL cannot be read: %s. Write an absolute one.".formatted(e.getReason()));
        }
        String host = uri.getHost();
        if (url.length() > LONGEST_URL) {
            return Optional.of("The URL has %,d characters; it may have %,d.".formatted(url.length(), LONGEST_URL));
        }
        if (host == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null
                || !List.of("http", "https").contains(String.valueOf(uri.getScheme()))) {
            return Optional.of("The URL needs the scheme https and a host, without user or fragment.");
        }
        if (uri.getScheme().equals("http") && !isInternal(host)) {
            return Optional.of("'%s' is called with https only. For http, list it in ledger.webhooks.internal-hosts."
                    .formatted(host));
        }
        try {
            return isLiteral(host) ? refusal(host, InetAddress.getByName(host)) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("'%s' is not an address.".formatted(host));
        }
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }

    /** Scheme, host and port: what may be shown of an address. */
    public static String origin(URI url) {
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        return "%s://%s%s".formatted(url.getScheme(), host, url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
    }

    /** Why an address that a host has now is not called; empty: it is. */
    Optional<String> refusal(String host, InetAddress address) {
        return switch (reach(address)) {
            case PUBLIC -> Optional.empty();
            case INTERNAL -> isInternal(host)
                    ? Optional.empty()
                    : Optional.of("%s is an internal address. To call it, list '%s' in ledger.webhooks.internal-hosts."
                            .formatted(address.getHostAddress(), host));
            case FORBIDDEN -> Optional.of("%s is never called. Use another host.".formatted(address.getHostAddress()));
        };
    }

    private boolean isInternal(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return internalHosts.stream().anyMatch(pattern -> AgentKey.covers(pattern, lower));
    }

    static Reach reach(InetAddress address) {
        return METADATA.contains(address.getHostAddress())
                ? Reach.FORBIDDEN
                : switch (address) {
                    case Inet4Address it -> reach(it.getAddress());
                    case Inet6Address it -> reach(it);
                    default -> Reach.FORBIDDEN;
                };
    }

    private static Reach reach(byte[] ip) {
        int first = ip[0] & 0xFF;
        int second = ip[1] & 0xFF;
        if (first == 0 || first >= 224 || (first == 169 && second == 254)) {
            return Reach.FORBIDDEN;
        }
        boolean internal = first == 10 || first == 127 || (first == 172 && (second & 0xF0) == 16)
                || (first == 192 && second == 168) || (first == 100 && (second & 0xC0) == 64)
                || (first == 192 && second == 0 && ip[2] == 0) || (first == 198 && (second & 0xFE) == 18);
        return internal ? Reach.INTERNAL : Reach.PUBLIC;
    }

    private static Reach reach(Inet6Address address) {
        byte[] ip = address.getAddress();
        int first = (ip[0] & 0xFF) << 8 | (ip[1] & 0xFF);
        if (address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress()) {
            return Reach.FORBIDDEN;
        }
        // These lead to an address of version 4, which has to be allowed itself: 64:ff9b::/96 and 2002::/16.
        if (first == 0x64 && (ip[2] & 0xFF) == 0xFF && (ip[3] & 0xFF) == 0x9B) {
            return reach(Arrays.copyOfRange(ip, 12, 16));
        }
        if (first == 0x2002) {
            return reach(Arrays.copyOfRange(ip, 2, 6));
        }
        boolean isOfVersion4 = first == 0 && !address.isLoopbackAddress();
        return isOfVersion4
                ? reach(Arrays.copyOfRange(ip, 12, 16))
                : address.isLoopbackAddress() || address.isSiteLocalAddress() || (first & 0xFE00) == 0xFC00
                        || (first == 0x2001 && ip[2] == 0 && ip[3] == 0) ? Reach.INTERNAL : Reach.PUBLIC;
    }
}
