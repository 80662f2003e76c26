package dev.migrationledger.ledger.identity;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/** The projects that a caller may read. What lists several projects shows these. */
public final class ProjectScope {

    public static final ProjectScope ALL = new ProjectScope(null);

    /** The condition of a statement whose parameter {@code projects} is {@link #names}. */
    public static final String IN_SCOPE = "(:projects::text[] is null or project = any(:projects::text[]))";

    private final @Nullable Set<String> projects;

    private ProjectScope(@Nullable Set<String> projects) {
        this.projects = projects;
    }

    static ProjectScope of(Set<String> projects) {
        return new ProjectScope(new TreeSet<>(projects));
    }

    /** Those of the caller of this thread's request. */
    public static ProjectScope ofRequest() {
        Caller caller = Authorization.caller(SecurityContextHolder.getContext().getAuthentication());
        return caller == null ? of(Set.of()) : caller.scope();
    }

    public boolean has(String project) {
        return projects == null || projects.contains(project);
    }

    /** Whether there is one that meets a condition. */
    public boolean hasAny(Predicate<String> condition) {
        return projects == null || projects.stream().anyMatch(condition);
    }

    /** Their names for a statement; absent: all projects. */
    public String @Nullable [] names() {
        return projects == null ? null : projects.toArray(String[]::new);
    }
}
