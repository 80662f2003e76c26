package dev.migrationledger.ledger.web;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names under which the ledger answers. A page of another site can make a browser believe that its own name is this machine's
 * (DNS rebinding); the browser then sends that name, and whoever answers to it hands everything to that page.
 */
final class HostNames {

    private static final Set<String> USUAL = Set.of("localhost", "127.0.0.1", "::1");

    private final Set<String> names;

    /** @param further names or addresses, as people write them */
    HostNames(Collection<String> further) {
        names = Stream.concat(USUAL.stream(), further.stream().map(HostNames::plain).filter(name -> !name.isEmpty()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param host as the request names it, without the port
     * @param own address that the request came in on
     */
    boolean serves(String host, String own) {
        String name = plain(host);
        return names.contains(name) || name.equals(plain(own));
    }

    /** Lower case, without the brackets of an IPv6 address, its zone, and the dot at the end of a whole name. */
    private static String plain(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("[") && plain.endsWith("]")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        plain = plain.replaceFirst("%.*$", "").replaceFirst("^(?:0:){7}1$", "::1");
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }
}
