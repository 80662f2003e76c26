package dev.migrationledger.agent.doctor.picture;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.agent.doctor.picture.Excerpt.Gap;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The history around the place where a database is, the newest revision at the top.
 *
 * @param applied revisions that count as applied
 * @param marks what is to be said of a revision, in a few words; these are shown in any case, the first ones first. The empty id is the
 *     base, from which all begins
 */
public record Picture(
        RevisionGraph graph, Collection<String> applied, Map<String, String> marks, Paint paint, Screen screen) {

    private static final String APPLIED = "●";
    private static final String TO_COME = Glyph.TO_COME.sign();
    private static final String HIDDEN = "┆";
    private static final String BASE = "◌";
    private static final String MISSING = Glyph.WRONG.sign();

    /** In front of what is no id; no id has a line break. */
    private static final String GAP = "\n";
    private static final String NOWHERE = "\n\n";

    /** Stands for no revision: the state before the first. */
    public static final String BEFORE_ALL = "";

    private static final int LONGEST_ID = 40;

    /** No room for a message that says anything. */
    private static final int SHORTEST_MESSAGE = 12;

    public Picture {
        marks = new LinkedHashMap<>(marks);
    }

    /** None where there is no revision. */
    public List<String> lines() {
        List<Lanes.Node> nodes = nodes();
        List<Lanes.Row> rows = Lanes.draw(nodes);
        int lanes = rows.stream().mapToInt(row -> row.lines().length()).max().orElse(0);
        Set<String> shown = rows.stream().map(Lanes.Row::key).filter(key -> key != null && isRevision(key))
                .collect(Collectors.toSet());
        int ids = shown.stream().mapToInt(id -> shortened(id, LONGEST_ID).length()).max().orElse(0);
        Map<String, String> words = words(shown);
        int wordsWidth = words.values().stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Lanes.Row row : rows) {
            String key = row.key();
            String labelled = key == null
                    ? ""
                    : isRevision(key)
                            ? labelled(key, ids, padded(words.getOrDefault(key, ""), wordsWidth), lanes)
                            : notARevision(key, ids);
            lines.add((padded(row.lines(), lanes) + "  " + labelled).stripTrailing());
        }
        int left = nodes.size() - (int) rows.stream().filter(row -> row.key() != null).count();
        if (left > 0) {
            lines.add(paint.faint("(%d more on a cycle or below one)".formatted(left)));
        }
        Set<String> glyphs = nodes.stream().map(Lanes.Node::glyph).collect(Collectors.toSet());
        if (glyphs.contains(APPLIED) && glyphs.contains(TO_COME)) {
            lines.add(paint.faint("%s up to the stamp   %s pending".formatted(APPLIED, TO_COME)));
        }
        return lines;
    }

    private List<Lanes.Node> nodes() {
        List<Lanes.Node> nodes = new ArrayList<>();
        boolean fromBase = marks.containsKey(BEFORE_ALL);
        Excerpt.of(graph, marks.keySet()).below().forEach((id, gaps) -> {
            List<String> below = new ArrayList<>();
            List<Lanes.Node> between = new ArrayList<>();
            for (Gap gap : gaps) {
                String to = gap.to().isEmpty() && !fromBase ? null : gap.to();
                if (gap.hidden() > 0) {
                    String key = GAP + gap.hidden() + "\n" + id + "\n" + gap.to();
                    between.add(new Lanes.Node(key, HIDDEN, to == null ? List.of() : List.of(to)));
                    below.add(key);
                } else {
                    below.add(gap.to());
                }
            }
            missingParents(id).forEach(parent -> {
                between.add(new Lanes.Node(NOWHERE + id + "\n" + parent, MISSING, List.of()));
                below.add(NOWHERE + id + "\n" + parent);
            });
            if (below.isEmpty() && fromBase) {
                below.add(BEFORE_ALL);
            }
            nodes.add(new Lanes.Node(id, applied.contains(id) ? APPLIED : TO_COME, below));
            nodes.addAll(between);
        });
        if (fromBase && !nodes.isEmpty()) {
            nodes.add(new Lanes.Node(BEFORE_ALL, BASE, List.of()));
        }
        return nodes;
    }

    private List<String> missingParents(String id) {
        return graph.find(id).map(Revision::parents).orElse(List.of()).stream()
                .filter(parent -> !graph.contains(parent)).toList();
    }

    private static boolean isRevision(String key) {
        return !key.startsWith(GAP) && !key.isEmpty();
    }

    private String notARevision(String key, int ids) {
        if (key.equals(BEFORE_ALL)) {
            return padded("base", ids) + "  " + paint.strong(marks.getOrDefault(key, ""));
        }
        return key.startsWith(NOWHERE)
                ? padded(shortened(key.substring(key.lastIndexOf('\n') + 1), LONGEST_ID), ids) + "  in no script"
                : paint.faint("… %s more …".formatted(key.split("\n", -1)[1]));
    }

    private String labelled(String id, int ids, String words, int lanes) {
        String front = padded(shortened(id, LONGEST_ID), ids);
        String named = marks.containsKey(id) ? paint.strong(front) : front;
        int room = screen.width() - lanes - ids - words.length() - 6;
        String message = graph.find(id).map(Revision::message).orElse("");
        String shortened = room < SHORTEST_MESSAGE ? "" : shortened(message, room);
        return (named + "  " + (words.isEmpty() ? "" : paint.strong(words) + "  ") + paint.faint(shortened));
    }

    /** What stands beside each revision. */
    private Map<String, String> words(Collection<String> ids) {
        Set<String> heads = graph.lacksParents() ? Set.of() : Set.copyOf(graph.heads());
        Set<String> realHeads = Set.copyOf(graph.realHeads());
        return ids.stream().collect(Collectors.toMap(id -> id, id -> {
            String mark = marks.getOrDefault(id, "");
            String head = !heads.contains(id) ? "" : realHeads.contains(id) ? "head" : "effective head";
            return mark.isEmpty() || head.isEmpty() ? mark + head : mark + ", " + head;
        }));
    }

    private static String shortened(String text, int most) {
        String plain = Paint.plain(text);
        return plain.length() <= most ? plain : plain.substring(0, Math.max(0, most - 1)) + "…";
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
