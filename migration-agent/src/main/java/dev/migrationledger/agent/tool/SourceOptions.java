package dev.migrationledger.agent.tool;

import dev.migrationledger.agent.cli.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how scripts are told to a ledger: use as a picocli mixin. */
public final class SourceOptions {

    private static final int LONGEST = 200;

    @Option(names = "--source", paramLabel = "NAME", description = "Where the scripts come from, such as git:4f2a91c or image:navbot:1.4 (default: the path of the folder or configuration file).")
    private @Nullable String source;

    @Option(names = "--without-texts", description = "Reports what revisions do without sending the text of their files.")
    private boolean withoutTexts;

    @Option(names = "--without-authors", description = "Reports scripts without asking Git who wrote them.")
    private boolean withoutAuthors;

    /** Fails with wrong usage if the name cannot be one. */
    public ScriptsSource source() {
        String name = source;
        if (name != null && (name.isBlank() || name.length() > LONGEST
                || name.chars().anyMatch(Character::isISOControl))) {
            throw CommandFailure.usage(
                    "--source must be a name of 1 to %d characters in one line, such as git:4f2a91c; this one has %d."
                            .formatted(LONGEST, name.length()));
        }
        return new ScriptsSource(name == null ? null : name.strip(), !withoutTexts, !withoutAuthors);
    }
}
