package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.EnvironmentReport.Run;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.environment.StatusMark;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.scripts.EffectText;
import dev.migrationledger.ledger.author.KnownAuthors.FileOrigin;
import dev.migrationledger.ledger.dashboard.ListPart;
import dev.migrationledger.ledger.page.ActorText;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the page of a revision shows.
 *
 * @param headline where it ran and where not, in one sentence
 * @param graph the address of its place in the project's graph
 * @param contents of its file over time, the newest first; several if it was edited
 * @param footprint of the chosen content; absent: no agent read the file, or this ledger reads another form
 * @param places how it counts in each environment
 * @param morePlaces environments that are not listed
 * @param findings that name it
 * @param json the address of what the API says of it; empty: its id looks like a secret
 */
record RevisionPage(
        String project, String id, String message, String headline, String graph, List<Linked> parents,
        List<Linked> needs, List<Linked> children, String labels, ListPart<Content> contents,
        @Nullable FootprintPart footprint, List<PlacePart> places, int morePlaces, String allPlaces,
        List<FindingPart> findings, String json) {

    /** So many effects of a function are listed. */
    private static final int EFFECTS = 200;

    private static final int AUTHORS = 5;
    private static final int CONTENTS = 50;

    RevisionPage {
        parents = List.copyOf(parents);
        needs = List.copyOf(needs);
        children = List.copyOf(children);
        places = List.copyOf(places);
        findings = List.copyOf(findings);
    }

    /** Another revision. */
    record Linked(String id, String address, String message) {}

    /**
     * A content of its file.
     *
     * @param digest its first characters
     * @param address of this page with its text and its footprint
     * @param chosen whether they are shown
     * @param change what is different from the content before, in words; empty: nothing is
     * @param tone of the change, a class of the style sheet
     */
    record Content(
            String file, String digest, String address, boolean chosen, String authors, Seen first, Seen last,
            String environments, String change, String tone) {}

    /** When something was seen, where and by which agent. */
    record Seen(PageTime at, String where) {}

    /** What its functions do. */
    record FootprintPart(ListPart<EffectPart> upgrade, ListPart<EffectPart> downgrade, int unread, String source) {}

    /**
     * What the pages before showed.
     *
     * @param contents how many contents of the file
     * @param effects how many effects of each function
     */
    record Skipped(int contents, int effects) {}

    /** One effect in words. */
    record EffectPart(String text, boolean unread) {}

    /**
     * How it counts in an environment.
     *
     * @param tone a class of the style sheet
     * @param since when it came to be so
     * @param precision how exactly that is known; empty: to the second
     * @param actor who did it; empty: not known
     * @param evidence how the agent knows
     * @param run the run of a migration command that did it; empty: none reported
     */
    record PlacePart(
            String name, String others, String address, String tone, String sign, String status,
            @Nullable PageTime since, String precision, String actor, String evidence, String run) {}

    /** A finding that names it. */
    record FindingPart(String tone, String severity, String code, String environment, String message,
            PageTime since) {}

    /**
     * Everything that is known of a revision.
     *
     * @param history empty where no source ever had it
     * @param chosen the content that is shown; absent where no source ever had it
     * @param footprint of that content
     * @param files who wrote the contents, by digest
     */
    record Known(
            String id, ProjectGraph project, Optional<RevisionHistory> history, List<GraphColumn> columns,
            Map<String, List<Run>> runs, int environments, @Nullable RevisionVariant chosen,
            Optional<SourceFootprint> footprint,
            Map<String, FileOrigin> files, List<Divergence> open) {}

    /**
     * What a revision does.
     *
     * @param source who says so, in words
     */
    record SourceFootprint(String source, Footprint footprint) {}

    static RevisionPage of(String project, Known known, Skipped skipped, Instant now) {
        String id = known.id;
        RevisionGraph graph = known.project.graph();
        Optional<Revision> declared = graph.find(id).filter(_ -> !known.project.lost().contains(id))
                .or(() -> known.history.map(it -> it.variants().getLast().declared()));
        Set<String> parents = Set.copyOf(declared.map(Revision::parents).orElse(List.of()));
        List<PlacePart> places = known.columns.stream().map(column -> place(project, column, id,
                known.runs.getOrDefault(column.group().name(), List.of()), now)).toList();
        int shown = known.columns.stream().mapToInt(column -> column.group().count()).sum();
        String shownId = Redaction.of(id);
        return new RevisionPage(project, shownId,
                declared.map(Revision::message).map(Redaction::of).orElse(""), headline(known, declared.isPresent()),
                new GraphQuestion(project, "", "", List.of(), shownId).address() + "#" + Addresses.anchor(id),
                links(project, graph, parents),
                links(project, graph, graph.requirements(id).stream().filter(one -> !parents.contains(one)).toList()),
                links(project, graph, graph.children(id)),
                Redaction.of(ListText.plain(declared.map(Revision::labels).orElse(List.of()))),
                ListPart.of(
                        known.history.map(it -> contents(project, it, known.chosen, known.files, now))
                                .orElse(List.of()),
                        skipped.contents, CONTENTS, behind -> here(project, known, "contents", behind)),
                known.footprint.map(it -> footprint(it, skipped.effects,
                        behind -> here(project, known, "footprint", behind))).orElse(null),
                places, known.environments - shown,
                Addresses.environments(project),
                known.open.stream().filter(one -> names(one, id)).sorted(Comparator.comparing(Divergence::severity)
                        .thenComparing(Divergence::environment)).map(one -> finding(one, now))
                        .toList(),
                // What looks like a secret is in no address, and the API knows a revision by its id only.
                shownId.equals(id) ? Addresses.history(project, id) : "");
    }

    private static List<Linked> links(String project, RevisionGraph graph, Collection<String> ids) {
        return ids.stream().map(id -> new Linked(Redaction.of(id), PageAddress.revision(project, id),
                graph.find(id).map(Revision::message).map(Redaction::of).orElse(""))).toList();
    }

    private static String headline(Known known, boolean declared) {
        if (!declared) {
            return "No script of this project has this revision, and none ever had.";
        }
        Map<StatusMark, List<String>> places = new EnumMap<>(StatusMark.class);
        known.columns.forEach(column -> {
            StatusMark mark = column.mark(known.id);
            if (mark != null) {
                places.computeIfAbsent(mark, _ -> new ArrayList<>()).add(column.group().inWords());
            }
        });
        String all = places.entrySet().stream().map(one -> "%s in %s".formatted(one.getKey().word(),
                ListText.and(one.getValue(), 3))).collect(Collectors.joining("; "));
        return all.isEmpty()
                ? "No version table of this project was read yet."
                : all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1) + ".";
    }

    private static List<Content> contents(
            String project, RevisionHistory history, @Nullable RevisionVariant chosen, Map<String, FileOrigin> files,
            Instant now) {
        List<Content> contents = new ArrayList<>();
        RevisionVariant before = null;
        for (RevisionVariant variant : history.variants()) {
            contents.add(content(project, variant, before, variant.equals(chosen), files, now));
            before = variant;
        }
        return contents.reversed();
    }

    /** This page with the chosen content, behind so many items of a section. */
    private static String here(String project, Known known, String section, int behind) {
        return PageAddress.of(PageAddress.revision(project, known.id), "content",
                known.chosen == null ? null : Digests.shortened(known.chosen.declared().digest()),
                section.equals("contents") ? section : "effects", behind == 0 ? null : behind) + "#" + section;
    }

    private static Content content(
            String project, RevisionVariant variant, @Nullable RevisionVariant before, boolean chosen,
            Map<String, FileOrigin> files, Instant now) {
        Revision declared = variant.declared();
        FileChange change = change(declared, before == null ? null : before.declared());
        return new Content(Redaction.of(declared.file()),
                Digests.shortened(declared.digest()),
                Addresses.content(project, declared.revision(), declared.digest()), chosen,
                authors(files.get(declared.digest()), chosen), seen(variant.firstSeen(), now),
                seen(variant.lastSeen(), now),
                Count.of(variant.environments(), "environment"), change.words, change.tone);
    }

    /** What became of a file. */
    private record FileChange(String words, String tone) {}

    private static FileChange change(Revision now, @Nullable Revision before) {
        if (before == null) {
            return new FileChange("", "");
        }
        if (!Set.copyOf(now.parents()).equals(Set.copyOf(before.parents()))) {
            return new FileChange(
                    "re-parented: it followed %s, and follows %s".formatted(parents(before), parents(now)),
                    "due");
        }
        return switch (now.compare(before)) {
            case SAME_FILE -> new FileChange("", "");
            case SAME_MEANING -> new FileChange("only comments, formatting or the message changed", "quiet");
            case DIFFERENT -> new FileChange("edited: it may do something else than before", "due");
            case NOT_COMPARABLE -> new FileChange("read by agents of different versions, so not comparable", "quiet");
        };
    }

    private static String parents(Revision revision) {
        return revision.parents().isEmpty() ? "nothing" : Redaction.of(ListText.and(revision.parents()));
    }

    /** @param all whether all are named, and not only the first ones */
    private static String authors(@Nullable FileOrigin origin, boolean all) {
        if (origin == null) {
            return "";
        }
        List<String> names = origin.names();
        return origin.generated()
                ? "written by the migration tool"
                : names == null || names.isEmpty()
                        ? ""
                        : Redaction.of(ListText.and(names, all ? names.size() : AUTHORS));
    }

    private static Seen seen(Sighting sighting, Instant now) {
        return new Seen(PageTime.of(sighting.at(), now), Redaction.of("%s, %s, by %s".formatted(
                sighting.environment(), sighting.source(), sighting.agent())));
    }

    private static FootprintPart footprint(SourceFootprint known, int skipped, IntFunction<String> address) {
        Footprint footprint = known.footprint;
        return new FootprintPart(ListPart.of(effects(footprint.upgrade()), skipped, EFFECTS, address),
                ListPart.of(effects(footprint.downgrade()), skipped, EFFECTS, address),
                footprint.upgrade().unknowns().size() + footprint.downgrade().unknowns().size(),
                Redaction.of(known.source));
    }

    /** What a loop does again is listed once. */
    private static List<EffectPart> effects(Effects effects) {
        return effects.effects().stream().map(RevisionPage::effect).distinct().toList();
    }

    private static EffectPart effect(Effect effect) {
        return new EffectPart(Redaction.of(EffectText.of(effect)), switch (effect) {
            case Unread _ -> true;
            case Change _ -> false;
        });
    }

    private static PlacePart place(String project, GraphColumn column, String id, List<Run> runs, Instant now) {
        EnvironmentGroup group = column.group();
        StatusMark mark = column.mark(id);
        RevisionStatus status = column.statuses().get(id);
        Occurrence since = status == null ? null : status.since();
        Evidence evidence = status == null ? null : status.evidence();
        return new PlacePart(group.name(),
                group.count() == 1 ? "" : "and %,d that look the same".formatted(group.count() - 1),
                PageAddress.environment(project, group.name()),
                mark == null ? "unread" : mark.name().toLowerCase(Locale.ROOT),
                mark == null ? Glyph.NOT_KNOWN.sign() : mark.sign(),
                mark == null ? "not read yet" : status == null ? mark.word() : StatusMark.inWords(status),
                since == null ? null : PageTime.of(since.at(), now), since == null ? "" : precision(since),
                status == null ? "" : Redaction.of(ActorText.of(status, runs)),
                evidence == null ? "" : evidence(evidence),
                status == null ? "" : ActorText.run(status, runs).map(RevisionPage::run).orElse(""));
    }

    private static String precision(Occurrence since) {
        Instant notBefore = since.notBefore();
        return switch (since.precision()) {
            case EXACT -> "";
            case BETWEEN -> notBefore == null
                    ? "or earlier"
                    : "or up to %d seconds earlier".formatted(
                            Math.max(1, since.at().getEpochSecond() - notBefore.getEpochSecond()));
            case NO_LATER_THAN -> "or earlier";
        };
    }

    private static String evidence(Evidence evidence) {
        return "%s (%s)".formatted(evidence.certainty().name().toLowerCase(Locale.ROOT),
                evidence.method().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String run(Run run) {
        Integer code = run.exitCode();
        return Redaction.of("%s, %s".formatted(String.join(" ", run.claim().command()),
                code == null ? "not ended yet" : "exit code " + code));
    }

    private static boolean names(Divergence one, String id) {
        return one.subject().equals(id) || one.evidence().stream().anyMatch(exhibit -> exhibit.value().equals(id)
                && Set.of(What.REVISION, What.REVISION_ELSEWHERE, What.REVISION_ONLY_IN_SOURCE,
                        What.REVISION_NEVER_SEEN_TO_RUN, What.ROW).contains(exhibit.what()));
    }

    private static FindingPart finding(Divergence one, Instant now) {
        return new FindingPart(switch (one.severity()) {
            case ERROR -> "bad";
            case WARNING -> "due";
            case INFO -> "quiet";
        }, one.severity().name().toLowerCase(Locale.ROOT), one.code().code(), one.environment(),
                Redaction.of(one.message()), PageTime.of(one.firstSeen(), now));
    }
}
