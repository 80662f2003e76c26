package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.environment.StatusMark;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.drawing.DrawnNode;
import dev.migrationledger.core.drawing.FoldedHistory.Fold;
import dev.migrationledger.core.drawing.FoldedHistory;
import dev.migrationledger.core.drawing.LaneDrawing.Row;
import dev.migrationledger.core.drawing.LaneDrawing;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.dashboard.graph.GraphRow.Cell;
import dev.migrationledger.ledger.dashboard.graph.GraphRow.Chip;
import dev.migrationledger.ledger.dashboard.graph.GraphRow.Mark;
import dev.migrationledger.ledger.page.PageAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a project's graph.
 *
 * @param width of the picture, in pixels
 * @param rows from the top of the page
 * @param revisions how many the project has
 * @param found how many are looked for and found
 * @param newer the address of the rows from the top; absent: these are they
 * @param older the address of the rows below; absent: there are none
 * @param foldAll the address of the page without open folds; absent: none is open
 */
public record GraphRows(
        int width, List<GraphRow> rows, int revisions, int found, @Nullable String newer, @Nullable String older,
        @Nullable String foldAll) {

    /** On one page. */
    static final int MOST_ROWS = 150;

    /** An open fold shows so many of its revisions, and folds the others again. */
    static final int OPENED = 60;

    /** So many of those that are looked for have rows of their own. */
    private static final int MOST_FOUND = 100;

    /** Of environments at one revision. */
    private static final int MOST_CHIPS = 4;

    private static final int MOST_CODES = 3;

    private static final int LONGEST_MESSAGE = 120;

    public GraphRows {
        rows = List.copyOf(rows);
    }

    /**
     * The rows that answer a question.
     *
     * @param groups of environments, all that are known
     * @param columns those of them whose statuses are shown
     */
    static GraphRows of(
            GraphQuestion question, ProjectGraph project, List<EnvironmentGroup> groups, List<GraphColumn> columns,
            PhysicalPlaces places, Map<String, RevisionEdits> edits) {
        return new Builder(question, project, groups, columns, places, edits).rows();
    }

    private static final class Builder {

        private final GraphQuestion question;
        private final ProjectGraph project;
        private final RevisionGraph graph;
        private final List<GraphColumn> columns;
        private final PhysicalPlaces places;
        private final Map<String, RevisionEdits> edits;
        private final Map<String, List<EnvironmentGroup>> stamped = new TreeMap<>();
        private final Set<String> heads;
        private final Set<String> merges;
        private final Set<String> found;

        Builder(
                GraphQuestion question, ProjectGraph project, List<EnvironmentGroup> groups,
                List<GraphColumn> columns, PhysicalPlaces places, Map<String, RevisionEdits> edits) {
            this.question = question;
            this.project = project;
            this.graph = project.graph();
            this.columns = columns;
            this.places = places;
            this.edits = edits;
            groups.forEach(group -> group.rows().forEach(
                    row -> stamped.computeIfAbsent(row, _ -> new ArrayList<>()).add(group)));
            heads = new HashSet<>(graph.realHeads());
            merges = new HashSet<>(graph.mergePoints());
            RevisionSearch search = RevisionSearch.of(question.query());
            found = graph.revisions().stream().filter(search::finds).map(Revision::revision)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        GraphRows rows() {
            List<DrawnNode> all = DrawnNode.of(graph);
            Set<String> kept = kept(all);
            FoldedHistory folded = FoldedHistory.of(all, kept::contains, this::likeness);
            LaneDrawing drawing = LaneDrawing.of(folded.nodes());
            int begin = begin(drawing, folded);
            int end = Math.min(begin + MOST_ROWS, drawing.rows().size());
            List<GraphRow> rows = drawing.rows().subList(begin, end).stream()
                    .map(row -> row(row, folded.folds().get(row.key()))).toList();
            return new GraphRows(LanePath.width(drawing), rows, graph.revisions().size() - project.lost().size(),
                    found.size(), begin == 0 ? null : question.beginning("").address(),
                    end == drawing.rows().size()
                            ? null
                            : question.beginning(drawing.rows().get(end).key()).address(),
                    question.open().isEmpty() ? null : question.folded().address());
        }

        /** What has a row of its own, whatever is around it. */
        private Set<String> kept(List<DrawnNode> all) {
            Set<String> kept = new HashSet<>(project.lost());
            kept.addAll(stamped.keySet());
            kept.addAll(places.schemas().keySet());
            kept.addAll(places.holes());
            kept.addAll(places.findings().keySet());
            kept.addAll(edits.keySet());
            found.stream().limit(MOST_FOUND).forEach(kept::add);
            question.open().forEach(fold -> kept.addAll(opened(fold, all)));
            return kept;
        }

        /** Of what lies between the ends of a fold, the newest. An id may have the separator in it, so every place of it is tried. */
        private List<String> opened(String fold, List<DrawnNode> all) {
            for (int at = fold.indexOf(GraphQuestion.TO); at >= 0; at = fold.indexOf(GraphQuestion.TO, at + 1)) {
                String newest = fold.substring(0, at);
                String oldest = fold.substring(at + GraphQuestion.TO.length());
                if (graph.contains(newest) && graph.contains(oldest)) {
                    Set<String> between = new HashSet<>(graph.ancestors(List.of(newest)));
                    between.retainAll(graph.descendants(List.of(oldest)));
                    return all.reversed().stream().map(DrawnNode::key).filter(between::contains).limit(OPENED).toList();
                }
            }
            return List.of();
        }

        private Object likeness(String revision) {
            List<String> marks = new ArrayList<>();
            columns.forEach(column -> marks.add(String.valueOf(column.mark(revision))));
            return marks;
        }

        private int begin(LaneDrawing drawing, FoldedHistory folded) {
            for (int row = 0; row < drawing.rows().size(); row++) {
                String key = drawing.rows().get(row).key();
                Fold fold = folded.folds().get(key);
                if (key.equals(question.from())
                        || (fold != null && fold.revisions().contains(question.from()))) {
                    return row;
                }
            }
            return 0;
        }

        private GraphRow row(Row row, @Nullable Fold fold) {
            String id = row.key();
            List<Cell> cells = columns.stream().map(column -> cell(column, id)).toList();
            int x = LanePath.x(row.lane());
            String counts = counts(id);
            if (fold != null) {
                String name = fold.newest() + GraphQuestion.TO + fold.oldest();
                return new GraphRow(Addresses.anchor(id), Count.of(fold.revisions().size(), "revision"),
                        question.opening(name).address() + "#" + Addresses.anchor(fold.newest()), inside(fold), "fold",
                        x, "k%d fold".formatted(row.colour()), false, LanePath.of(row), List.of(), cells, counts,
                        List.of());
            }
            String dot = dot(id);
            String message = graph.find(id).map(Revision::message).orElse("");
            return new GraphRow(Addresses.anchor(id), Redaction.of(id),
                    PageAddress.revision(question.project(), id), shortened(Redaction.of(message)),
                    found.contains(id) ? "found" : "", x, "k%d %s".formatted(row.colour(), dot),
                    !dot.equals("all") && !dot.equals("lost"), LanePath.of(row), chips(id), cells, counts, marks(id));
        }

        private String inside(Fold fold) {
            long inside = fold.revisions().stream().filter(merges::contains).count();
            // Of what is found, the first ones have rows.
            long matching = fold.revisions().stream().filter(found::contains).count();
            return "%s … %s%s%s".formatted(Redaction.of(fold.newest()), Redaction.of(fold.oldest()),
                    inside == 0 ? "" : ", with " + Count.of(inside, "merge"),
                    matching == 0 ? "" : "; %,d of them %s".formatted(matching, matching == 1 ? "matches" : "match"));
        }

        /** How it counts where the reader looks, or else everywhere. */
        private String dot(String revision) {
            List<GraphColumn> looked = columns.stream().filter(GraphColumn::chosen).toList();
            List<StatusMark> marks = new ArrayList<>();
            (looked.isEmpty() ? columns : looked).forEach(column -> {
                StatusMark mark = column.mark(revision);
                if (mark != null) {
                    marks.add(mark);
                }
            });
            if (project.lost().contains(revision)) {
                return "lost";
            }
            long there = marks.stream().filter(mark -> switch (mark) {
                case APPLIED, STAMPED, IMPLIED -> true;
                case PENDING, UNREACHABLE -> false;
            }).count();
            if (there > 0 && marks.contains(StatusMark.STAMPED)) {
                return "stamped";
            }
            return there == 0 ? "none" : there == marks.size() ? "all" : "some";
        }

        private static Cell cell(GraphColumn column, String revision) {
            StatusMark mark = column.mark(revision);
            String name = column.group().inWords();
            return mark == null
                    ? new Cell("unread", Glyph.NOT_KNOWN.sign(), name + ": not read yet")
                    : new Cell(mark.name().toLowerCase(Locale.ROOT), mark.sign(), name + ": " + mark.word());
        }

        /** Where columns do not show all environments, how many have it, as far as their statuses were read. */
        private String counts(String revision) {
            if (columns.stream().mapToInt(column -> column.group().count()).sum() == columns.size()) {
                return "";
            }
            Map<StatusMark, Integer> counts = new EnumMap<>(StatusMark.class);
            columns.forEach(column -> {
                StatusMark mark = column.mark(revision);
                if (mark != null) {
                    counts.merge(mark, column.group().count(), Integer::sum);
                }
            });
            return counts.entrySet().stream().map(one -> "%s %,d".formatted(one.getKey().sign(), one.getValue()))
                    .collect(Collectors.joining(" "));
        }

        private List<Chip> chips(String revision) {
            List<Chip> chips = new ArrayList<>();
            List<EnvironmentGroup> here = stamped.getOrDefault(revision, List.of());
            List<EnvironmentGroup> first = here.stream()
                    .sorted(Comparator.comparing(one -> !one.name().equals(question.environment())))
                    .limit(MOST_CHIPS).toList();
            first.forEach(group -> chips.add(stamped(group)));
            int shown = first.stream().mapToInt(EnvironmentGroup::count).sum();
            if (here.size() > MOST_CHIPS) {
                int more = here.stream().mapToInt(EnvironmentGroup::count).sum() - shown;
                chips.add(new Chip("stamped", "%,d more".formatted(more), "%s of %s".formatted(
                        Count.of(more, "more environment"), question.project()),
                        Addresses.environments(question.project())));
            }
            List<String> schemas = places.schemas().getOrDefault(revision, List.of());
            schemas.stream().limit(MOST_CHIPS)
                    .forEach(name -> chips.add(new Chip("schema", name + " schema",
                            "The schema of %s matches this revision; its version table says otherwise.".formatted(name),
                            PageAddress.environment(question.project(), name))));
            if (schemas.size() > MOST_CHIPS) {
                int more = schemas.size() - MOST_CHIPS;
                chips.add(new Chip("schema", "%,d more".formatted(more), "%s of %s whose %s this revision".formatted(
                        Count.of(more, "more environment"), question.project(),
                        more == 1 ? "schema matches" : "schemas match"),
                        PageAddress.revision(question.project(), revision)));
            }
            return chips;
        }

        private Chip stamped(EnvironmentGroup group) {
            return group.count() == 1
                    ? new Chip("stamped", group.name(),
                            "The version table of %s has this revision.".formatted(group.name()),
                            PageAddress.environment(question.project(), group.name()))
                    : new Chip("stamped", "%,d environments".formatted(group.count()),
                            "The version tables of %s have this revision.".formatted(
                                    ListText.and(group.names(), group.count(), group.names().size())),
                            Addresses.environments(question.project()));
        }

        private List<Mark> marks(String revision) {
            List<Mark> marks = new ArrayList<>();
            if (project.lost().contains(revision)) {
                marks.add(new Mark("bad", Glyph.WRONG, "in no script"));
            }
            if (places.holes().contains(revision)) {
                marks.add(new Mark("bad", Glyph.WRONG, "not as it leaves the schema"));
            }
            Set<String> codes = places.findings().getOrDefault(revision, Set.of());
            codes.stream().limit(MOST_CODES).forEach(code -> marks.add(new Mark("bad", Glyph.WRONG, code)));
            if (codes.size() > MOST_CODES) {
                marks.add(new Mark("bad", Glyph.WRONG, Count.of(codes.size() - MOST_CODES, "more finding")));
            }
            RevisionEdits edit = edits.get(revision);
            if (edit != null) {
                marks.add(switch (edit) {
                    case RE_PARENTED -> new Mark("due", Glyph.RE_PARENTED, "re-parented");
                    case EDITED -> new Mark("due", Glyph.EDITED, "edited");
                });
            }
            if (merges.contains(revision)) {
                marks.add(new Mark("quiet", Glyph.MERGE, "merge"));
            }
            if (heads.contains(revision) && !project.lost().contains(revision)) {
                marks.add(new Mark("quiet", Glyph.HEAD, "head"));
            }
            return marks;
        }

        private static String shortened(String message) {
            return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
        }
    }
}
