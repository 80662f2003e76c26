package dev.migrationledger.agent.tool.alembic;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of files that Alembic takes for revisions. */
final class ScriptNames {

    private static final Pattern SCRIPT = Pattern.compile(
            "(?!__init__)[\\p{L}\\p{N}_][\\p{L}\\p{N}_ .,+()\\[\\]-]{0,200}\\.py",
            Pattern.UNICODE_CHARACTER_CLASS);

    private static final Set<String> NO_SCRIPTS = Set.of(
            "env.py", "conftest.py", "setup.py", "sitecustomize.py", "usercustomize.py", "__main__.py");

    private ScriptNames() {}

    /** Whether it is one, and not what Python or pytest runs by itself. */
    static boolean isSafe(String name) {
        return SCRIPT.matcher(name).matches() && !NO_SCRIPTS.contains(name.toLowerCase(Locale.ROOT));
    }
}
