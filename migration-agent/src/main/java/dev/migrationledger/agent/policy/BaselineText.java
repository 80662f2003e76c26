package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.contracts.policy.Baseline.Entry;
import dev.migrationledger.contracts.policy.Baseline.Status;
import dev.migrationledger.contracts.text.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Accepted findings for people: what needs attention comes first. */
final class BaselineText {

    /** A longer list is not read; JSON has all of it. */
    private static final int MOST = 40;

    private static final String INDENT = "       ";

    private static final List<Status> READING_ORDER = List.of(Status.WORSE, Status.ENDED, Status.OPEN, Status.GONE);

    private BaselineText() {}

    static boolean isHarmless(Entry entry) {
        return switch (entry.status()) {
            case OPEN, GONE -> true;
            case WORSE, ENDED -> false;
        };
    }

    static List<String> lines(Baseline baseline) {
        String project = Paint.plain(baseline.project());
        List<Entry> findings = baseline.findings();
        if (findings.isEmpty()) {
            return List.of("%s accepts no findings.".formatted(project));
        }
        String counts = READING_ORDER.stream()
                .filter(status -> findings.stream().anyMatch(one -> one.status() == status))
                .map(status -> "%d %s".formatted(
                        findings.stream().filter(one -> one.status() == status).count(), words(status)))
                .collect(Collectors.joining(", "));
        return Stream.concat(
                Stream.of("%s accepts %s: %s".formatted(project, Count.of(findings.size(), "finding"), counts), ""),
                list(findings).stream()).toList();
    }

    static List<String> accepted(Baseline accepted, String environment) {
        List<Entry> findings = accepted.findings();
        return findings.isEmpty()
                ? List.of("%s has no open finding to accept.".formatted(environment))
                : Stream.concat(Stream.of("Accepted %s of %s.".formatted(Count.of(findings.size(), "finding"),
                        environment), ""), list(findings).stream()).toList();
    }

    static List<String> withdrawn(Baseline withdrawn, String environment) {
        return Stream.concat(
                Stream.of("Withdrew %s of %s; from now on they count again.".formatted(
                        Count.of(withdrawn.findings().size(), "accepted finding"), environment), ""),
                list(withdrawn.findings()).stream()).toList();
    }

    private static List<String> list(List<Entry> findings) {
        List<String> lines = new ArrayList<>();
        findings.stream().sorted(Comparator.comparingInt(one -> READING_ORDER.indexOf(one.status()))).limit(MOST)
                .forEach(one -> {
                    lines.add("%-5s  %s  %s  %s".formatted(words(one.status()), Paint.plain(one.environment()),
                            one.code().code(), Paint.plain(one.subject())).stripTrailing());
                    lines.add("%suntil %s, owner %s".formatted(INDENT, one.until(), Paint.plain(one.owner())));
                    lines.add(INDENT + Paint.plain(one.reason()));
                });
        if (findings.size() > MOST) {
            lines.add("… and %d more; --output json shows all".formatted(findings.size() - MOST));
        }
        return lines;
    }

    private static String words(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
