package dev.migrationledger.agent.approver;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.text.Count;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Overrides for people.
 *
 * @param environment with its project
 */
record OverrideText(String environment, Instant now) {

    /** A longer list is not read; JSON has all of it. */
    private static final int MOST = 20;

    private static final String INDENT = "            ";

    static List<String> opened(String environment, GateOverride override) {
        return List.of(
                "Override of %s is open until %s.".formatted(environment, second(override.until())),
                "Deploys run although reasons block them; 'gate' still shows the reasons.",
                "'override close' ends it early.");
    }

    static List<String> closed(String environment, GateOverride override) {
        String ended = override.closedBy() == null
                ? "Override of %s ended by itself at %s.".formatted(environment, second(override.until()))
                : "Closed the override of %s.".formatted(environment);
        return Stream.concat(Stream.of(ended), afterwards(override.deploys())).toList();
    }

    private static Stream<String> afterwards(List<UUID> deploys) {
        return deploys.isEmpty()
                ? Stream.of("No deploy ran under it.")
                : Stream.concat(
                        Stream.of("%s ran under it. Look at %s, then run 'override review':".formatted(
                                Count.of(deploys.size(), "deploy"), deploys.size() == 1 ? "it" : "them")),
                        deploys.stream().map(deploy -> "  " + deploy));
    }

    static List<String> reviewed(String environment, GateOverride override) {
        return List.of("Reviewed %s under the override of %s. The next one can be opened.".formatted(
                Count.of(override.deploys().size(), "deploy"), environment));
    }

    boolean isSettled(GateOverride override) {
        return !override.isOpen(now) && (override.deploys().isEmpty() || override.reviewedAt() != null);
    }

    List<String> list(List<GateOverride> overrides) {
        if (overrides.isEmpty()) {
            return List.of("%s has no override.".formatted(environment));
        }
        List<String> lines = new ArrayList<>();
        lines.add("%s has %s".formatted(environment, Count.of(overrides.size(), "override")));
        overrides.stream().limit(MOST).forEach(override -> {
            lines.add("");
            lines.add("%-10s  %s to %s, opened by %s".formatted(status(override), second(override.openedAt()),
                    end(override), Paint.plain(override.by())));
            lines.add(INDENT + Paint.plain(override.reason()));
            override.deploys().forEach(deploy -> lines.add(INDENT + "deploy " + deploy));
            String comment = override.closingComment();
            if (comment != null) {
                lines.add(INDENT + "closed by %s: %s".formatted(
                        Paint.plain(Objects.requireNonNullElse(override.closedBy(), "")), Paint.plain(comment)));
            }
            String remark = override.remark();
            if (remark != null) {
                lines.add(INDENT + "reviewed by %s: %s".formatted(
                        Paint.plain(Objects.requireNonNullElse(override.reviewedBy(), "")), Paint.plain(remark)));
            }
        });
        if (overrides.size() > MOST) {
            lines.add("");
            lines.add("… and %d more; --output json shows all".formatted(overrides.size() - MOST));
        }
        return lines;
    }

    private String status(GateOverride override) {
        if (override.isOpen(now)) {
            return "open";
        }
        if (override.reviewedAt() != null) {
            return "reviewed";
        }
        return override.deploys().isEmpty() ? "not used" : "review due";
    }

    private static String end(GateOverride override) {
        Instant at = override.closedAt();
        String by = override.closedBy();
        return at == null || by == null
                ? second(override.until()).toString()
                : "%s (closed by %s)".formatted(second(at), Paint.plain(by));
    }

    private static Instant second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
