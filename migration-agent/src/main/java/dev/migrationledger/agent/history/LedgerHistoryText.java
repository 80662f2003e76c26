package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.history.RevisionVariant.InEnvironment;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.ListText;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a ledger has of a revision, for people. */
record LedgerHistoryText(RevisionHistory history, Paint paint) {

    /** A longer list is not read; JSON has all of it. */
    private static final int MOST_PLACES = 20;

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int contents = history.variants().size();
        lines.add(paint.strong(Paint.plain(history.revision()))
                + (contents == 1 ? "" : "  its file had %d contents".formatted(contents))
                + (history.isRewritten() ? ", with different parents" : ""));
        history.variants().forEach(variant -> {
            lines.add("");
            lines.addAll(variant(variant));
        });
        return lines;
    }

    private List<String> variant(RevisionVariant variant) {
        Revision declared = variant.declared();
        List<String> lines = new ArrayList<>();
        line(lines, "message", declared.message() == null ? "" : declared.message());
        line(lines, "parents", declared.parents().isEmpty() ? "<base>" : ListText.plain(declared.parents()));
        line(lines, "depends on", ListText.plain(declared.dependsOn()));
        line(lines, "labels", ListText.plain(declared.labels()));
        line(lines, "file", declared.file() + (variant.fileStored() ? "" : " (its text was not published)"));
        line(lines, "digest", declared.digest());
        line(lines, "first seen", seen(variant.firstSeen()));
        line(lines, "last seen", seen(variant.lastSeen()));
        List<InEnvironment> places = Optional.ofNullable(variant.seen()).orElse(List.of());
        line(lines, "there now", places(places.stream().filter(InEnvironment::current)));
        line(lines, "gone from", places(places.stream().filter(place -> !place.current())));
        return lines;
    }

    private static String places(Stream<InEnvironment> places) {
        return ListText.plain(places.map(place -> place.environment() + " (" + place.last().source() + ")").toList(),
                MOST_PLACES);
    }

    private static void line(List<String> lines, String what, String value) {
        if (!value.isEmpty()) {
            lines.add("  %-11s %s".formatted(what, Paint.plain(value)));
        }
    }

    private static String seen(Sighting sighting) {
        return "%s in %s, %s, by %s".formatted(sighting.at().truncatedTo(ChronoUnit.SECONDS), sighting.environment(),
                sighting.source(), sighting.agent());
    }
}
