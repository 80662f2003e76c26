package dev.migrationledger.agent.identity;

import dev.migrationledger.agent.cli.CommandFailure;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What proves to a ledger who this program is. A key signs what is sent, and an access token comes with every request. Only without both is an
 * id token exchanged for a session, when something is sent first: the session may then send, and read nothing.
 *
 * @param idToken where the id token is; absent: there is none, or something else proves it
 * @param keptSessions where a session may wait for the next command of the job
 * @param advice what to do if the ledger asks for more; absent: nothing better than the ledger's own words
 */
public record Credentials(
        @Nullable AgentKeyFile key, @Nullable String accessToken, @Nullable IdTokenSource idToken,
        KeptSessions keptSessions, @Nullable String advice) {

    /** The environment variable with an access token of the ledger. It is no option: other users of a machine see those. */
    public static final String TOKEN = "MIGRATION_LEDGER_TOKEN";

    /** Proves nothing. */
    public static final Credentials NONE = new Credentials(null, null, null, KeptSessions.of(Map.of()), null);

    /**
     * What there is for a ledger.
     *
     * @throws CommandFailure if it cannot be used
     */
    public static Credentials of(URI ledger, Map<String, String> variables) {
        AgentKeyFile key = AgentKeyFile.read(AgentKeyFile.usual(ledger.getRawAuthority(), variables)).orElse(null);
        String accessToken = accessToken(variables.get(TOKEN));
        KeptSessions sessions = KeptSessions.of(variables);
        if (key != null || accessToken != null) {
            return new Credentials(key, accessToken, null, sessions, null);
        }
        IdTokenSource idToken = IdTokenSource.of(ledger.toString(), variables);
        return new Credentials(null, null, idToken, sessions,
                idToken == null ? IdTokenSource.advice(ledger.toString(), variables) : null);
    }

    private static @Nullable String accessToken(@Nullable String variable) {
        String token = variable == null ? "" : variable.strip();
        if (!token.matches("[\\x21-\\x7e]*")) {
            throw CommandFailure.usage("$%s has characters that no access token has; set it again.".formatted(TOKEN));
        }
        return token.isEmpty() ? null : token;
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "key %s, access token %s, id token of %s".formatted(key == null ? "absent" : key.file(),
                accessToken == null ? "absent" : "present", idToken);
    }
}
