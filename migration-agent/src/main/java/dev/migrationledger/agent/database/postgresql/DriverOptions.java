package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.cli.CommandFailure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of a URL's options reaches the driver. Only what decides how the server is reached: the rest is the agent's own. */
final class DriverOptions {

    private static final Set<String> ALLOWED = Set.of(
            "sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword", "sslfactory", "sslnegotiation", "ssl",
            "channelBinding", "gssEncMode", "kerberosServerName", "jaasApplicationName", "targetServerType",
            "loadBalanceHosts", "localSocketAddress", "socketFactory", "socketFactoryArg", "options",
            "requireAuth");

    /** libpq's words, and asyncpg's, for what the JDBC driver calls otherwise. */
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "channel_binding", "channelBinding",
            "gssencmode", "gssEncMode",
            "krbsrvname", "kerberosServerName",
            "require_auth", "requireAuth",
            "target_session_attrs", "targetServerType");

    private static final Map<String, String> SESSION_ATTRIBUTES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private static final Set<String> SSL_MODES = Set.of("disable", "allow", "prefer", "require", "verify-ca",
            "verify-full");

    /** The driver would repeat any other value in its message, and what was pasted there may be a password. */
    private static final Map<String, Set<String>> WORDS = Map.of(
            "sslmode", SSL_MODES,
            "channelBinding", Set.of("disable", "prefer", "require"),
            "gssEncMode", Set.of("disable", "allow", "prefer", "require"),
            "sslnegotiation", Set.of("postgres", "direct"),
            "targetServerType",
            Set.of("any", "primary", "secondary", "preferSecondary", "preferPrimary", "master", "slave",
                    "preferSlave"));

    private DriverOptions() {}

    static Map<String, String> ofDriver(Map<String, String> options) {
        Map<String, String> allowed = new TreeMap<>(options);
        allowed.keySet().retainAll(new HashSet<>(ALLOWED));
        allowed.forEach((name, value) -> {
            Set<String> words = WORDS.get(name);
            if (words != null && words.stream().noneMatch(value::equalsIgnoreCase)) {
                throw CommandFailure
                        .usage("The database's option '%s' has a value that PostgreSQL does not know; write one of: %s."
                                .formatted(name, String.join(", ", new TreeSet<>(words))));
            }
        });
        return allowed;
    }

    static Map<String, String> ofLibpq(Map<String, String> options) {
        Map<String, String> named = new TreeMap<>();
        options.forEach((name, value) -> {
            switch (name) {
                // asyncpg's ssl= takes what libpq's sslmode= takes, or a word for yes.
                case "ssl" -> named.putIfAbsent(
                        "sslmode", SSL_MODES.contains(value) ? value : isNo(value) ? "disable" : "require");
                case "target_session_attrs" -> named.put(
                        "targetServerType", SESSION_ATTRIBUTES.getOrDefault(value, "any"));
                default -> named.put(OTHER_NAMES.getOrDefault(name, name), value);
            }
        });
        return ofDriver(named);
    }

    private static boolean isNo(String value) {
        return value.isEmpty() || value.equalsIgnoreCase("false") || value.equals("0");
    }

    /** Whether a value can be no secret: a word that the option has, or the name of a file. */
    static boolean isHarmless(String name, String value) {
        return SSL_MODES.contains(value) || SESSION_ATTRIBUTES.containsValue(value)
                || List.of("sslrootcert", "sslcert", "sslkey").contains(name);
    }
}
