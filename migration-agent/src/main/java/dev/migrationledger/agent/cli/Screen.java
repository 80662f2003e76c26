package dev.migrationledger.agent.cli;

import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What text is written on.
 *
 * @param width in characters
 */
public record Screen(int width) {

    /** Lines are never broken. */
    public static final Screen ENDLESS = new Screen(Integer.MAX_VALUE);

    /** Longer lines are hard to read, however wide a terminal is. */
    private static final int WIDEST = 110;

    private static final int NARROWEST = 60;
    private static final int USUAL = 80;

    /** The terminal that this process writes to, and what everybody has where it writes to none. */
    public static Screen of(CommandSpec spec) {
        int width = isTerminal() ? spec.usageMessage().autoWidth(true).width() : USUAL;
        // One that does not tell its width seems to have none.
        return new Screen(width < NARROWEST ? USUAL : Math.min(width, WIDEST));
    }

    /** Whether somebody sees what this process writes. */
    @SuppressWarnings("SystemConsoleNull") // since JDK 25 it is null again where there is none
    public static boolean isTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** The words of a text in lines that fit, each with this in front. A word that is too long for a line has one of its own. */
    public List<String> wrapped(String indent, String text) {
        if (this.equals(ENDLESS)) {
            return List.of(indent + text);
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && indent.length() + line.length() + 1 + word.length() > width) {
                lines.add(indent + line);
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(indent + line);
        return lines;
    }
}
