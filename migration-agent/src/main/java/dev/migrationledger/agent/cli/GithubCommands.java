package dev.migrationledger.agent.cli;

import java.util.List;
import java.util.stream.Stream;

/** Sentences as GitHub Actions shows them beside a run: one workflow command for each. */
public final class GithubCommands {

    /** GitHub shows ten of a step. */
    private static final int MOST = 10;

    private GithubCommands() {}

    /**
     * One line for each sentence, up to ten.
     *
     * @param level such as {@code error} or {@code warning}
     */
    public static List<String> of(String level, String title, Stream<String> sentences) {
        return sentences.limit(MOST)
                .map(sentence -> "::%s title=%s::%s".formatted(level, title, escaped(Paint.plain(sentence))))
                .toList();
    }

    /** A line end would end the command, and what follows could be another one. */
    private static String escaped(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }
}
