package dev.migrationledger.agent.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which AI agent started this process, as such agents say in the environment of what they run. Anyone can set these: it is a claim. */
final class AiVariables {

    /** By variable; its value does not matter, but for {@link #GENERIC}. */
    private static final Map<String, String> AGENTS = new LinkedHashMap<>();

    /** Has the name of the agent. */
    private static final String GENERIC = "AI_AGENT";

    private static final int LONGEST = 60;

    static {
        AGENTS.put("CLAUDECODE", "claude-code");
        AGENTS.put("CURSOR_AGENT", "cursor");
        AGENTS.put("GEMINI_CLI", "gemini-cli");
        AGENTS.put("CODEX_SANDBOX", "codex");
        AGENTS.put("CODEX_SANDBOX_NETWORK_DISABLED", "codex");
        AGENTS.put("OPENCODE", "opencode");
        AGENTS.put("GOOSE_TERMINAL", "goose");
    }

    private AiVariables() {}

    /** Null if none says so. */
    static @Nullable String of(Map<String, String> variables) {
        String named = variables.get(GENERIC);
        if (named != null && !named.isBlank()) {
            String name = named.strip();
            return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
        }
        return AGENTS.entrySet().stream().filter(agent -> isSet(variables.get(agent.getKey())))
                .map(Map.Entry::getValue).findFirst().orElse(null);
    }

    private static boolean isSet(@Nullable String value) {
        return value != null && !value.isBlank() && !value.equals("0") && !value.equalsIgnoreCase("false");
    }
}
