package dev.migrationledger.agent.database.postgresql;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.CaptureControl;
import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.DatabaseUrl;
import dev.migrationledger.agent.database.DeployLock;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Redaction;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Where a database is and who asks, from a JDBC URL or from SQLAlchemy's form. It shows itself without its password.
 *
 * @param origin where it was given, for messages: {@code --database}, {@code DATABASE_URL} …
 * @param hosts one {@code host:port}, or several with commas; or the path of a Unix socket
 * @param options for the driver, in the driver's own words
 */
record PostgresUrl(
        String origin,
        String hosts,
        String database,
        String user,
        @Nullable String password,
        Map<String, String> options)
        implements
            DatabaseUrl {

    // The form of SQLAlchemy's own parser: a password may hold anything but '@'.
    private static final Pattern SQLALCHEMY = Pattern.compile(
            "(?:postgresql|postgres)(?:\\+(?<driver>\\w+))?://"
                    + "(?:(?<user>[^:/]*)(?::(?<password>[^@]*))?@)?"
                    + "(?:(?:\\[(?<v6>[^/?]+)]|(?<host>[^/:?@]+))?(?::(?<port>[^/?]*))?)?"
                    + "(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?",
            Pattern.CASE_INSENSITIVE);

    /** Where servers of distributions, and others, have their socket. */
    private static final List<String> SOCKET_FOLDERS = List.of("/var/run/postgresql", "/run/postgresql", "/tmp");

    /** Nothing in it looks like a secret, or it would be masked where it is shown. */
    private static final String FORMS = "postgresql://USER@HOST:5432/DATABASE or jdbc:postgresql://HOST:5432/DATABASE";

    /** How sessions of this agent call themselves. */
    static final String AGENT = "migration-agent";

    /** A server that says nothing for so long while the user logs in hangs. */
    private static final int LOGIN_SECONDS = 10;

    private static final String PASSWORD = "Give the password in $PGPASSWORD, ~/.pgpass or the file of --database-file.";

    // The driver would log a URL it cannot read. Held here, because loggers are kept weakly.
    private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

    static {
        DRIVER_LOG.setLevel(Level.OFF);
    }

    public PostgresUrl {
        options = Map.copyOf(options);
    }

    /**
     * Reads either form.
     *
     * @param origin where the text was given, for messages
     * @param environment of the process: what {@link LibpqDefaults} knows stands in for what the text leaves out
     */
    public static PostgresUrl parse(String text, String origin, Map<String, String> environment) {
        String url = text.strip();
        String scheme = url.substring(0, Math.max(0, url.indexOf(':'))).toLowerCase(Locale.ROOT);
        if (scheme.equals("jdbc")) {
            return fromJdbc(url, origin, environment);
        }
        String dialect = scheme.split("\\+", 2)[0];
        if (!dialect.equals("postgresql") && !dialect.equals("postgres")) {
            throw CommandFailure.usage(
                    Pattern.matches("[a-z][a-z0-9+.-]*", scheme) && url.startsWith("://", scheme.length())
                            ? "The database URL of %s begins with '%s', but only PostgreSQL is supported; write %s. %s"
                                    .formatted(origin, scheme, FORMS, PASSWORD)
                            : "The database URL of %s is not a URL; write %s. %s".formatted(origin, FORMS, PASSWORD));
        }
        return fromSqlalchemy(url, origin, environment);
    }

    private static PostgresUrl fromSqlalchemy(String url, String origin, Map<String, String> environment) {
        Matcher parts = SQLALCHEMY.matcher(url);
        // An '@' behind the host is almost certainly one of a password, of which the rest would be taken for a host and a database.
        if (!parts.matches() || String.valueOf(parts.group("database")).contains("@")) {
            throw CommandFailure.usage(
                    "The database URL of %s cannot be read; write %s, with '@', '/' and ':' in user or password as %%40, %%2F and %%3A. %s"
                            .formatted(origin, FORMS, PASSWORD));
        }
        Map<String, String> query = LibpqDefaults.behind(given(parts, origin), origin, environment);
        String v6 = parts.group("v6");
        String host = v6 != null ? "[" + v6 + "]" : parts.group("host");
        String port = parts.group("port");
        String hosts = host != null
                ? hostAndPort(host, port == null || port.isEmpty() ? query.get("port") : port, origin)
                : hostsOfQuery(query, port, origin);
        return complete(
                origin,
                hosts,
                query.get("dbname"),
                query.get("user"),
                query.get("password"),
                DriverOptions.ofLibpq(query),
                environment);
    }

    /** The parts of a URL by libpq's names: what stands in the URL itself wins over its query. */
    private static Map<String, String> given(Matcher parts, String origin) {
        Map<String, String> given = query(parts.group("query"), origin);
        put(given, "user", decode(parts.group("user"), origin));
        if (parts.group("password") != null) {
            given.put("password", String.valueOf(decode(parts.group("password"), origin)));
        }
        put(given, "dbname", parts.group("database"));
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            given.put(name, value);
        }
    }

    /** libpq lets {@code host=} in the query name a socket's folder, or several hosts; with neither it looks for a socket. */
    private static String hostsOfQuery(Map<String, String> query, @Nullable String port, String origin) {
        String ports = port != null && !port.isEmpty() ? port : query.get("port");
        String host = query.get("host");
        if (host == null) {
            String number = ports == null || ports.isEmpty() ? "5432" : ports;
            return SOCKET_FOLDERS.stream().map(folder -> socket(folder, number))
                    .filter(path -> Files.exists(Path.of(path)))
                    .findFirst()
                    .orElseGet(() -> hostAndPort("localhost", ports, origin));
        }
        if (host.startsWith("/")) {
            // The port is checked as any other is.
            String checked = hostAndPort("", ports, origin);
            return socket(host, checked.substring(checked.lastIndexOf(':') + 1));
        }
        if (host.startsWith("@")) {
            throw CommandFailure.usage(
                    "The database URL of %s leads to the abstract socket '%s', which cannot be used from here; name a folder, or the server by host and port."
                            .formatted(origin, host));
        }
        String[] each = host.split(",", -1);
        StringBuilder hosts = new StringBuilder();
        for (String one : each) {
            boolean hasPort = one.lastIndexOf(':') > one.lastIndexOf(']');
            hosts.append(hosts.isEmpty() ? "" : ",").append(hasPort ? one : hostAndPort(one, ports, origin));
        }
        return hosts.toString();
    }

    private static String socket(String folder, String port) {
        return folder.replaceFirst("/+$", "") + "/.s.PGSQL." + port;
    }

    private static String hostAndPort(String host, @Nullable String port, String origin) {
        if (port == null || port.isEmpty()) {
            return host + ":5432";
        }
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
            // What stands there may be a part of an unescaped password.
            throw CommandFailure.usage(
                    "The port in the database URL of %s is not a number from 1 to 65535; write %s, with ':' in a password as %%3A. %s"
                            .formatted(origin, FORMS, PASSWORD));
        }
        return host + ":" + port;
    }

    private static Map<String, String> query(@Nullable String query, String origin) {
        Map<String, String> options = new TreeMap<>();
        if (query != null) {
            for (String option : query.split("&", -1)) {
                String[] pair = option.split("=", 2);
                if (pair.length == 2) {
                    options.put(pair[0], String.valueOf(decode(pair[1].replace("+", "%20"), origin)));
                }
            }
        }
        return options;
    }

    private static @Nullable String decode(@Nullable String part, String origin) {
        if (part == null) {
            return null;
        }
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    "The database URL of %s has a '%%' that begins no %%XX; write a '%%' in user or password as %%25."
                            .formatted(origin));
        }
    }

    private static PostgresUrl fromJdbc(String url, String origin, Map<String, String> environment) {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw CommandFailure.usage("The database URL of %s is a JDBC URL, but not one of PostgreSQL; write %s. %s"
                    .formatted(origin, FORMS, PASSWORD));
        }
        Properties parts = Driver.parseURL(url, null);
        if (parts == null || parts.getProperty("PGHOST", "").contains("@")) {
            throw CommandFailure.usage(
                    "The JDBC URL of %s cannot be read; write %s, and the user behind a '?'. %s"
                            .formatted(origin, FORMS, PASSWORD));
        }
        Map<String, String> options = new TreeMap<>();
        parts.stringPropertyNames().forEach(name -> options.put(name, parts.getProperty(name)));
        String[] hosts = options.getOrDefault("PGHOST", "localhost").split(",", -1);
        String[] ports = options.getOrDefault("PGPORT", "5432").split(",", -1);
        StringBuilder together = new StringBuilder();
        for (int i = 0; i < hosts.length; i++) {
            together.append(i == 0 ? "" : ",").append(hosts[i]).append(':')
                    .append(ports[Math.min(i, ports.length - 1)]);
        }
        return complete(
                origin,
                together.toString(),
                options.get("PGDBNAME"),
                options.get("user"),
                options.get("password"),
                DriverOptions.ofDriver(options),
                environment);
    }

    private static PostgresUrl complete(
            String origin,
            String hosts,
            @Nullable String database,
            @Nullable String user,
            @Nullable String password,
            Map<String, String> options,
            Map<String, String> environment) {
        String who = user != null && !user.isEmpty()
                ? user
                : environment.getOrDefault("PGUSER", System.getProperty("user.name", "postgres"));
        return new PostgresUrl(
                origin,
                hosts,
                database == null || database.isEmpty() ? who : database,
                who,
                password != null ? password : environment.get("PGPASSWORD"),
                options);
    }

    /** Another database of the same server. */
    PostgresUrl inDatabase(String name) {
        return new PostgresUrl(origin, hosts, name, user, password, options);
    }

    /** A URL in SQLAlchemy's form, or JDBC's, in SQLAlchemy's form with another database. Nothing else of it changes. */
    String textInDatabase(String text, String name) {
        Matcher parts = SQLALCHEMY.matcher(text);
        if (!parts.matches()) {
            return "postgresql://%s%s@%s/%s%s".formatted(encoded(user), password == null ? "" : ":" + encoded(password),
                    hosts, name, options.containsKey("sslmode") ? "?sslmode=" + options.get("sslmode") : "");
        }
        int query = parts.start("query") < 0 ? text.length() : parts.start("query") - 1;
        int path = parts.start("database") < 0 ? query : parts.start("database") - 1;
        return text.substring(0, path) + "/" + name
                + text.substring(query).replaceAll("(?<=[?&])dbname=[^&]*", "dbname=" + name);
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private boolean isSocket() {
        return hosts.startsWith("/");
    }

    /** For the driver: without user, password and options, which travel in {@link #properties()}. */
    String jdbc() {
        return "jdbc:postgresql://" + (isSocket() ? "localhost" : hosts) + "/"
                + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.putAll(options);
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        if (isSocket()) {
            properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
            properties.setProperty("socketFactoryArg", hosts);
            // As libpq: nothing is encrypted that leaves no machine.
            properties.setProperty("sslmode", "disable");
            properties.setProperty("gssEncMode", "disable");
        }
        return properties;
    }

    /**
     * A connection that leaves nothing behind in a pooler: no prepared statement, no setting.
     *
     * @param socketTimeout in seconds, after which a silent server is given up, once it has let the user in; 0 waits for good
     */
    Connection connect(int socketTimeout) throws SQLException {
        return connect(socketTimeout, AGENT);
    }

    /** The same under another name than that of an agent that watches. */
    Connection connect(int socketTimeout, String application) throws SQLException {
        Properties properties = properties();
        properties.setProperty("ApplicationName", application);
        // Sends the application's name with the first packet: no SET that a pooler would leave to somebody else.
        properties.setProperty("assumeMinServerVersion", "10");
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("preferQueryMode", "simple");
        properties.setProperty("connectTimeout", "5");
        int silence = socketTimeout == 0 ? LOGIN_SECONDS : Math.min(LOGIN_SECONDS, socketTimeout);
        properties.setProperty("socketTimeout", Integer.toString(silence));
        properties.setProperty("tcpKeepAlive", "true");
        Connection open = new Driver().connect(jdbc(), properties);
        if (open == null) {
            throw new SQLException("the driver does not know " + this, "08001");
        }
        if (silence != socketTimeout) {
            open.setNetworkTimeout(Runnable::run, (int) TimeUnit.SECONDS.toMillis(socketTimeout));
        }
        return open;
    }

    @Override
    public boolean setsSearchPath() {
        return options.getOrDefault("options", "").contains("search_path");
    }

    @Override
    public DatabaseObserver observer(VersionTableName table, SchemaScope scope) {
        return new PostgresObserver(this, table, scope);
    }

    @Override
    public SchemaSnapshot schema(VersionTableName table, SchemaScope scope) throws ObservationException {
        return LiveSchema.of(this, table, scope);
    }

    @Override
    public Optional<DeployLock> lock(VersionTableName table, String name) throws ObservationException {
        return PostgresDeployLock.of(this, table, name);
    }

    @Override
    public CaptureControl capture(VersionTableName table) {
        return new PostgresCaptureControl(this, table);
    }

    @Override
    public String toString() {
        return "postgresql://" + user + "@" + hosts + "/" + database;
    }

    /** A driver's message without what was given as password or as an option: something may have been pasted behind the wrong name. */
    String withoutValues(String message) {
        String hidden = password == null || password.isEmpty()
                ? message
                : message.replace(password, Redaction.HIDDEN);
        for (Map.Entry<String, String> option : options.entrySet()) {
            if (!option.getValue().isBlank() && !DriverOptions.isHarmless(option.getKey(), option.getValue())) {
                hidden = hidden.replace(option.getValue(), Redaction.HIDDEN);
            }
        }
        return Redaction.of(hidden);
    }
}
