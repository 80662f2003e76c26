package dev.migrationledger.agent.tool.alembic.semantics;

import dev.migrationledger.agent.python.canonical.CanonicalCode;
import java.util.Set;

/** Whether what a script does also depends on other files of its project, of which its own digest says nothing. */
final class Surroundings {

    /** Top-level packages that are installed, not written in a project, and read no files by themselves. Any other may be a project's own. */
    private static final Set<String> INSTALLED = Set.of(
            // Python's library
            "__future__", "abc", "base64", "binascii", "collections", "contextlib", "copy", "dataclasses", "datetime",
            "decimal", "enum", "fractions", "functools", "hashlib", "hmac", "itertools", "json", "logging", "math",
            "numbers", "operator", "random", "re", "secrets", "string", "struct", "textwrap", "time", "traceback",
            "types", "typing", "typing_extensions", "unicodedata", "uuid", "warnings", "zoneinfo",
            // Alembic, SQLAlchemy and what belongs to them
            "alembic", "alembic_postgresql_enum", "alembic_utils", "asyncpg", "citext", "fastapi_users_db_sqlalchemy",
            "geoalchemy2", "pgvector", "psycopg", "psycopg2", "pytz", "sqlalchemy", "sqlalchemy_utils", "sqlmodel");

    /** Who uses one of these may read a file or a setting, or load a module by its name. */
    private static final Set<String> READERS = Set.of("__file__", "__import__", "__loader__", "__path__", "__spec__",
            "config", "eval", "exec", "fileConfig", "fromfile", "import_module", "open", "opts", "read_bytes",
            "read_text",
            "target_metadata");

    private Surroundings() {}

    static boolean areNotUsedBy(CanonicalCode code) {
        return !code.opaque() && !code.uses(READERS)
                && code.modules().stream().allMatch(module -> INSTALLED.contains(module.split("\\.", 2)[0]));
    }
}
