package dev.migrationledger.agent.cli;

import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.text.PlainText;
import java.util.Map;

/** Colours for people, and only for a terminal. */
public record Paint(boolean coloured) {

    private static final String RED = "31";
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String CYAN = "36";
    private static final String BOLD = "1";
    private static final String FAINT = "2";

    /** Coloured if this process writes to a terminal that wants it (see no-color.org). */
    public static Paint forTerminal() {
        Map<String, String> environment = System.getenv();
        boolean wanted = environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
        return new Paint(wanted && Screen.isTerminal());
    }

    public String strong(String text) {
        return in(BOLD, text);
    }

    public String faint(String text) {
        return in(FAINT, text);
    }

    /** As it should be. */
    public String good(String text) {
        return in(GREEN, text);
    }

    public String severity(Severity severity, String text) {
        return in(switch (severity) {
            case ERROR -> RED;
            case WARNING -> YELLOW;
            case INFO -> CYAN;
        }, text);
    }

    /** What a file or a database says, without the characters that would steer a terminal. */
    public static String plain(String text) {
        return PlainText.of(text);
    }

    private String in(String code, String text) {
        return coloured && !text.isBlank() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
