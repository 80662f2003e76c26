package dev.migrationledger.agent.tool.alembic.footprint;

import dev.migrationledger.agent.python.symbolic.Symbol;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Member;
import java.util.List;
import java.util.Set;

/** What something is that a script calls, as far as it matters for what the call can do. */
enum CalleeKind {
    /** {@code alembic.op} and what stands for it. */
    OPERATIONS,
    /** What {@code op.batch_alter_table} gives. */
    BATCH,
    /** {@code op.get_context()}, {@code alembic.context}. */
    CONTEXT,
    /** A connection or engine of the migration, the driver's own connection, and cursors of it. */
    CONNECTION,
    /** SQLAlchemy's object-relational session, and queries of it. */
    SESSION,
    METADATA,
    /** What a statement returned, or an inspector: only to be read. */
    RESULT,
    /** Tables, types, expressions of SQLAlchemy. */
    CONSTRUCT,
    /** A value, or a part of Python's standard library that knows no database. */
    HARMLESS,
    /** Of another package or module. */
    ELSEWHERE,
    UNKNOWN;

    private static final Set<String> PURE_MODULES = Set.of(
            "abc", "array", "arrow", "ast", "attr", "attrs", "babel", "base64", "bcrypt", "binascii", "bisect",
            "bleach", "boto3", "botocore", "bs4", "builtins", "calendar", "certifi", "chardet", "click", "cmath",
            "codecs", "collections", "colorama", "concurrent", "configparser", "contextlib", "copy", "Crypto",
            "cryptography", "csv", "cuid", "dataclasses", "datetime", "dateutil", "decimal", "difflib", "email",
            "email_validator", "enum", "errno", "faker", "fnmatch", "fractions", "functools", "getpass", "gettext",
            "glob", "gzip", "hashids", "hashlib", "heapq", "hmac", "html", "http", "httpx", "humanize", "idna",
            "inflection", "inspect", "io", "ipaddress", "iso8601", "isodate", "itertools", "itsdangerous", "jinja2",
            "jose", "json", "jwt", "ksuid", "langcodes", "locale", "logging", "loguru", "lxml", "magic", "markdown",
            "markupsafe", "math", "mimetypes", "msgpack", "nacl", "nanoid", "netaddr", "numbers", "numpy", "operator",
            "orjson", "os", "oslo_log", "oslo_utils", "packaging", "pandas", "passlib", "pathlib", "pendulum",
            "phonenumbers", "pickle", "PIL", "platform", "pprint", "pycountry", "pydantic_core", "pytz", "random",
            "rapidjson", "re", "regex", "requests", "rfc3986", "rich", "secrets", "semver", "shapely", "shortuuid",
            "shutil", "simplejson", "six", "slugify", "socket", "sqlparse", "ssl", "stat", "statistics", "string",
            "stringcase", "struct", "structlog", "sys", "tabulate", "tempfile", "termcolor", "textwrap", "threading",
            "time", "timeit", "toml", "tomli", "tomllib", "tqdm", "traceback", "types", "typing", "typing_extensions",
            "tzlocal", "ujson", "ulid", "unicodedata", "unidecode", "urllib", "urllib3", "uuid", "validators",
            "warnings", "weakref", "xml", "xmltodict", "yaml", "yarl", "zipfile", "zlib", "zoneinfo");

    private static final Set<String> CONNECTING = Set.of(
            "connect", "begin", "begin_nested", "execution_options", "engine", "connection", "bind", "get_bind",
            "_allow_autobegin", "raw_connection", "driver_connection", "dbapi_connection", "cursor");

    static CalleeKind of(Symbol symbol) {
        return switch (symbol) {
            case Symbol.Reference reference -> named(reference.dotted());
            case Member member -> member(member);
            case Made made -> made(made);
            case Symbol.None _,Symbol.Text _,Symbol.Truth _,Symbol.Numeral _,Symbol.Items _,Symbol.ProjectPath _,Symbol.Dict _ ->
                HARMLESS;
            case Symbol.Answered _ -> RESULT;
            case Symbol.Local _,Symbol.Type _,Symbol.Unknown _ -> UNKNOWN;
        };
    }

    private static CalleeKind named(String dotted) {
        if (dotted.equals("alembic.op") || dotted.startsWith("alembic.op.")
                || dotted.equals("alembic.operations.Operations")) {
            return OPERATIONS;
        }
        if (dotted.equals("alembic.context") || dotted.startsWith("alembic.context.")) {
            return CONTEXT;
        }
        if (dotted.startsWith("sqlalchemy")) {
            return CONSTRUCT;
        }
        int dot = dotted.indexOf('.');
        return PURE_MODULES.contains(dot < 0 ? dotted : dotted.substring(0, dot)) ? HARMLESS : ELSEWHERE;
    }

    private static CalleeKind member(Member member) {
        CalleeKind of = of(member.of());
        if (member.name().equals("metadata") && (of == CONSTRUCT || of == UNKNOWN)) {
            return METADATA;
        }
        return switch (of) {
            case CONTEXT -> CONNECTING.contains(member.name()) ? CONNECTION : CONTEXT;
            case CONNECTION -> CONNECTING.contains(member.name()) ? CONNECTION : RESULT;
            case OPERATIONS, BATCH, SESSION, METADATA, RESULT, CONSTRUCT, HARMLESS, ELSEWHERE, UNKNOWN -> of;
        };
    }

    /** What a call gives. */
    private static CalleeKind made(Made made) {
        String last = made.callee() instanceof Member member ? member.name() : Symbols.last(made);
        return switch (of(made.callee() instanceof Member member ? member.of() : made.callee())) {
            case OPERATIONS -> switch (Symbols.last(made).isEmpty() ? last : Symbols.last(made)) {
                case "get_bind" -> CONNECTION;
                case "get_context" -> CONTEXT;
                case "batch_alter_table" -> BATCH;
                case "create_table" -> CONSTRUCT;
                default -> HARMLESS;
            };
            case BATCH -> HARMLESS;
            case CONTEXT -> CONNECTING.contains(last) ? CONNECTION : CONTEXT;
            case CONNECTION -> CONNECTING.contains(last) ? CONNECTION : RESULT;
            case SESSION -> List.of("connection", "get_bind").contains(last)
                    ? CONNECTION
                    : List.of("execute", "scalar", "scalars").contains(last) ? RESULT : SESSION;
            case METADATA -> List.of("__getitem__", "__next__", "get", "values", "items").contains(last)
                    ? METADATA
                    : HARMLESS;
            case RESULT -> RESULT;
            case HARMLESS -> HARMLESS;
            case CONSTRUCT -> construct(last);
            case ELSEWHERE -> ELSEWHERE;
            case UNKNOWN -> UNKNOWN;
        };
    }

    private static CalleeKind construct(String last) {
        return switch (last) {
            case "Session", "sessionmaker", "scoped_session" -> SESSION;
            case "MetaData" -> METADATA;
            case "inspect", "Inspector", "from_engine" -> RESULT;
            case "create_engine", "engine_from_config", "create_async_engine" -> ELSEWHERE;
            default -> CONSTRUCT;
        };
    }
}
