package dev.migrationledger.agent.identity;

import dev.migrationledger.agent.cli.CommandFailure;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a pipeline, or a container, finds an id token for a ledger. */
public sealed interface IdTokenSource {

    /** The environment variable with an id token, as {@code id_tokens} of GitLab CI sets it. */
    String VARIABLE = "MIGRATION_LEDGER_ID_TOKEN";

    /** The environment variable that names a file with an id token, which Kubernetes replaces from time to time. */
    String FILE_VARIABLE = "MIGRATION_LEDGER_ID_TOKEN_FILE";

    /** Where that file is, unless the variable says otherwise. */
    Path USUAL_FILE = Path.of("/var/run/secrets/migration-ledger/token");

    /** The environment variable with the audience of tokens, which is the ledger's address if it is not set. */
    String AUDIENCE_VARIABLE = "MIGRATION_LEDGER_AUDIENCE";

    /** GitHub makes one for each request. */
    record Github(URI address, String requestToken, String audience) implements IdTokenSource {

        private static final String ADDRESS = "ACTIONS_ID_TOKEN_REQUEST_URL";
        private static final String REQUEST_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

        /** Without the request token. */
        @Override
        public String toString() {
            return "GitHub Actions";
        }
    }

    /** The job has one, which a ledger takes once. */
    record Variable(String token) implements IdTokenSource {

        /** Without the token. */
        @Override
        public String toString() {
            return "$" + VARIABLE;
        }
    }

    /** A file has one. */
    record TokenFile(Path path) implements IdTokenSource {
        @Override
        public String toString() {
            return "the file " + path;
        }
    }

    /**
     * The source that these variables name; absent: none.
     *
     * @param ledger its address, as the command line has it. A token for this audience is worth nothing at another ledger.
     * @throws CommandFailure if they contradict each other
     */
    static @Nullable IdTokenSource of(String ledger, Map<String, String> variables) {
        String token = text(variables, VARIABLE);
        String file = text(variables, FILE_VARIABLE);
        if (!token.isEmpty() && !file.isEmpty()) {
            throw CommandFailure.usage("$%s and $%s are both set; set one of them.".formatted(VARIABLE, FILE_VARIABLE));
        }
        if (!token.isEmpty()) {
            return new Variable(token);
        }
        if (!file.isEmpty()) {
            return new TokenFile(Path.of(file));
        }
        String address = text(variables, Github.ADDRESS);
        String requestToken = text(variables, Github.REQUEST_TOKEN);
        if (!address.isEmpty() && !requestToken.isEmpty()) {
            String audience = text(variables, AUDIENCE_VARIABLE);
            return new Github(address(address), requestToken, audience.isEmpty() ? ledger : audience);
        }
        return Files.exists(USUAL_FILE) ? new TokenFile(USUAL_FILE) : null;
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage("$%s is not an address; GitHub Actions sets it.".formatted(Github.ADDRESS));
        }
    }

    /**
     * What to change so that a job of a CI system that is known has an id token; absent: nothing shows such a job.
     *
     * @param ledger its address
     */
    static @Nullable String advice(String ledger, Map<String, String> variables) {
        if (text(variables, "GITHUB_ACTIONS").equals("true")) {
            return "To sign in without a secret, let 'permissions' of the job have 'id-token' with the value 'write'.";
        }
        return text(variables, "GITLAB_CI").equals("true")
                ? "To sign in without a secret, let 'id_tokens' of the job have %s with the aud %s.".formatted(VARIABLE,
                        ledger)
                : null;
    }

    private static String text(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "").strip();
    }
}
