package dev.migrationledger.contracts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what looks like a secret in a text that is shown, logged or kept. A word too many is better than a password too many, so
 * whatever is called a secret loses its value, in whichever way it is written.
 */
public final class Redaction {

    public static final String HIDDEN = "***";

    private static final String NAME = "[\\w.-]*(?:passw|passphrase|(?<![a-z])pass(?![a-z])|(?<![a-z])pw(?![a-z])|pwd|secret|token"
            + "|api[_-]?key|access[_-]?key|private[_-]?key|credential)[\\w.-]*+";

    private static final String VALUE = "(?:\"[^\"]*\"|'[^']*'|[^\\s&;,\"'})\\]]+)";

    /** {@code postgresql://deploy:secret@db/app}; a password may hold what somebody forgot to write as %40 or %2F. */
    private static final Pattern IN_URL = Pattern.compile(
            "([a-z][a-z0-9+.-]{0,30}://[^\\s/:@?#]*:)(?!\\d{1,5}[/?#])[^\\s\"'<>]*(?=@)",
            Pattern.CASE_INSENSITIVE);

    /** {@code https://token@host}: who logs in to a web server is a secret more often than not. */
    private static final Pattern IN_WEB_ADDRESS = Pattern.compile("(https?://)[^\\s/:@?#]+(?=@)",
            Pattern.CASE_INSENSITIVE);

    /** {@code postgresql://db/app?sslmode=secret}: a password may have been pasted behind any name. */
    private static final Pattern QUERY = Pattern.compile(
            "(\\b(?:jdbc:)?[a-z]*sql(?:\\+\\w+)?://[^\\s?'\"]*\\?)[^\\s'\"]+", Pattern.CASE_INSENSITIVE);

    /** Or a long word would be gone through from each of its letters. */
    private static final String WORD_BEGINS = "(?<![\\w.-])";

    /** {@code --password=secret}, {@code PGPASSWORD=secret}, {@code ?password=secret}, {@code "token": "secret"}. */
    private static final Pattern GIVEN = Pattern.compile(
            "(" + WORD_BEGINS + NAME + "[\"']?\\s*(?:[!=]=|[=:])\\s*)" + VALUE,
            Pattern.CASE_INSENSITIVE);

    /**
     * {@code CREATE USER x PASSWORD 'secret'}, {@code OPTIONS (password 'secret')}. Within a text in quotes each quote may be doubled. Where
     * two quotes may end both, it is not known which quote ends the next secret, so the rest goes too.
     */
    private static final Pattern IN_SQL = Pattern.compile(
            "(\\b\\w*(?:password|passwd|secret|token)\\s+)(?:e?'{2,}(?:[^']|'{4})+'*|e?'(?:[^']|''(?![\\s.,:;)]|$))*(?:''.*|')?|\\$(\\w*)\\$.*?\\$\\2\\$)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** {@code --password secret} within one word, as in {@code sh -c '…'}. */
    private static final Pattern OPTION = Pattern.compile("((?:^|\\s)--?(?!-?no-)" + NAME + "\\s+)" + VALUE,
            Pattern.CASE_INSENSITIVE);

    /** {@code mysql -pSECRET}; a number is a port. */
    private static final Pattern SHORT = Pattern.compile("((?:^|\\s)-p)(?=\\S*[^\\d\\s])[^\\s-]\\S*");

    private static final Pattern HEADER = Pattern.compile(
            "((?:authorization|cookie)\\s*:\\s*|\\bbearer\\s+|\\bbasic\\s+)[^\"'\\s]+(?:\\s+[^\"'\\s]+)?",
            Pattern.CASE_INSENSITIVE);

    /** The ledger's own access tokens, enrolment codes and tokens of pipelines' sessions; the id in front of the secret stays. */
    private static final Pattern ACCESS_TOKEN = Pattern.compile("(ml[tep]_[0-9a-f]{32}_)[\\w-]+");

    /** What signs messages of webhooks, as Standard Webhooks writes it. */
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("(whsec_)[\\w+/=-]+");

    /** Whoever knows the address of an incoming webhook of a chat writes there. */
    private static final Pattern CHAT_WEBHOOK = Pattern.compile(
            "(https?://(?:hooks\\.slack\\.com|discord(?:app)?\\.com/api/webhooks|chat\\.googleapis\\.com/v1)/)[^\\s'\"<>]+",
            Pattern.CASE_INSENSITIVE);

    /** A JSON Web Token: header, claims and signature. An object of JSON begins so in base 64. */
    private static final Pattern WEB_TOKEN = Pattern.compile("((?<![\\w-])eyJ)[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*");

    private static final Pattern OPTION_ALONE = Pattern.compile("--?(?!-?no-)" + NAME, Pattern.CASE_INSENSITIVE);

    private static final Pattern SECRET_NAME = Pattern.compile(NAME, Pattern.CASE_INSENSITIVE);

    /** Every match of {@link #NAME} contains one of these. */
    private static final List<String> NAME_KEYWORDS = List.of("pass", "pw", "secret", "token", "key", "credential");

    /**
     * One way to write a secret.
     *
     * @param keywords in lower case; every match contains one of them, and searching for them is much faster than matching the pattern
     */
    private record Rule(Pattern pattern, List<String> keywords) {
        Rule(Pattern pattern, String... keywords) {
            this(pattern, List.of(keywords));
        }
    }

    private static final List<Rule> ALL = List.of(new Rule(IN_URL, "://"), new Rule(IN_WEB_ADDRESS, "://"),
            new Rule(QUERY, "://"),
            new Rule(IN_SQL, "passw", "secret", "token"), new Rule(GIVEN, NAME_KEYWORDS),
            new Rule(OPTION, NAME_KEYWORDS),
            new Rule(SHORT, "-p"),
            new Rule(HEADER, "authorization", "cookie", "bearer", "basic"),
            new Rule(ACCESS_TOKEN, "mlt_", "mle_", "mlp_"),
            new Rule(WEBHOOK_SECRET, "whsec_"),
            new Rule(CHAT_WEBHOOK, "hooks.slack.com", "/api/webhooks", "chat.googleapis.com"),
            new Rule(WEB_TOKEN, "eyj"));

    private Redaction() {}

    /** A command's words; one that follows an option which is called a secret is one. */
    public static List<String> of(List<String> command) {
        List<String> hidden = new ArrayList<>();
        boolean secret = false;
        for (String word : command) {
            hidden.add(secret ? HIDDEN : of(word));
            secret = OPTION_ALONE.matcher(word).matches();
        }
        return hidden;
    }

    public static String of(String text) {
        if (!isMoreThanAWord(text)) {
            return text;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        String hidden = text;
        for (Rule rule : ALL) {
            if (containsAny(lower, rule.keywords)) {
                hidden = rule.pattern.matcher(hidden)
                        .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + HIDDEN));
            }
        }
        return hidden;
    }

    /** What stands under a name, such as a label's value: all of it is hidden where the name says that it is a secret. */
    public static String of(String name, String value) {
        return isSecret(name) ? HIDDEN : of(value);
    }

    /** Whether what stands under this name is a secret. */
    public static boolean isSecret(String name) {
        return containsAny(name.toLowerCase(Locale.ROOT), NAME_KEYWORDS) && SECRET_NAME.matcher(name).matches();
    }

    private static boolean containsAny(String lower, List<String> words) {
        for (String word : words) {
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Most texts of an answer are ids, names and digests. */
    private static boolean isMoreThanAWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '=' || c == ':' || Character.isWhitespace(c)) {
                return true;
            }
        }
        return text.startsWith("-p") || text.startsWith("eyJ") || text.startsWith("whsec_")
                || (text.startsWith("ml") && text.startsWith("_", "mlt".length()));
    }
}
