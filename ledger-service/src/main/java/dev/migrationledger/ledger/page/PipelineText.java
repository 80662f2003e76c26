package dev.migrationledger.ledger.page;

import dev.migrationledger.contracts.identity.PipelineMatch.GithubRepository;
import dev.migrationledger.contracts.identity.PipelineMatch.GitlabProject;
import dev.migrationledger.contracts.identity.PipelineMatch.KubernetesAccount;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.text.Redaction;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which pipeline is trusted, in words. */
public final class PipelineText {

    private PipelineText() {}

    /** Within a sentence. */
    public static String of(PipelineMatch match) {
        return Redaction.of(switch (match) {
            case GithubRepository it -> "GitHub repository %s".formatted(it.repositoryId())
                    + only(part("environment", it.environment()), part("workflow", it.workflow()),
                            part("ref", it.ref()));
            case GitlabProject it -> "GitLab project %s".formatted(it.projectId())
                    + only(part("environment", it.environment()),
                            Boolean.TRUE.equals(it.protectedRef()) ? "protected refs" : null);
            case KubernetesAccount it -> "service account %s/%s".formatted(it.namespace(), it.serviceAccount())
                    + only(part("uid", it.uid()));
        });
    }

    /** At the begin of a sentence. */
    public static String sentence(PipelineMatch match) {
        String text = of(match);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static @Nullable String part(String name, @Nullable String value) {
        return value == null ? null : name + " " + value;
    }

    private static String only(@Nullable String... parts) {
        String text = Stream.of(parts).filter(Objects::nonNull).collect(Collectors.joining(", "));
        return text.isEmpty() ? "" : " (" + text + ")";
    }
}
