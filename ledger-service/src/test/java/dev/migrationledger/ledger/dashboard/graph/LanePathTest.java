package dev.migrationledger.ledger.dashboard.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.drawing.DrawnNode;
import dev.migrationledger.core.drawing.LaneDrawing.Row;
import dev.migrationledger.core.drawing.LaneDrawing;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.golden.GoldenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Open the golden files in a browser to see what a page draws. */
class LanePathTest {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "line | a b<a c<b",
        "two-heads | a b<a c<b d<c x<b y<x",
        "merge | a b<a c<b x<a m<c,x n<m",
        "dependency | a b<a c<b p q<p+a",
        "octopus | a b<a c<a d<a m<b,c,d"})
    void a_history_looks_like_this(String name, String drawn) throws IOException {
        GoldenFile.compare(Path.of("src/test/resources/graph", name + ".svg"), svg(draw(Story.history(drawn))));
    }

    /** What a page shows row by row, in one picture. */
    private static String svg(LaneDrawing drawing) {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\">\n"
                .formatted(LanePath.width(drawing) + 80, drawing.rows().size() * LanePath.HEIGHT));
        svg.append("<style>path{fill:none;stroke:#345;stroke-width:2}.dot{stroke-width:11;stroke-linecap:round}"
                + ".k1,.k2,.k3{stroke:#06c}.k4,.k5{stroke:#c50}.k6,.k7{stroke:#085}.needs{stroke-dasharray:2 3}</style>\n");
        int y = 0;
        for (Row row : drawing.rows()) {
            svg.append("<g transform=\"translate(0 %d)\">".formatted(y));
            LanePath.of(row).forEach(path -> svg.append(
                    "<path class=\"%s\" d=\"%s\"/>".formatted(path.tone(), path.d())));
            svg.append("<path class=\"dot k%d\" d=\"M%d 20h0\"/><text x=\"%d\" y=\"24\">%s</text></g>\n".formatted(
                    row.colour(), LanePath.x(row.lane()), LanePath.width(drawing), row.key()));
            y += LanePath.HEIGHT;
        }
        return svg.append("</svg>\n").toString();
    }

    @Test
    void a_hundred_heads_do_not_push_the_words_off_the_page() {
        LaneDrawing drawing = draw(Story.history("a " + IntStream.range(0, 100).mapToObj(i -> "h" + i + "<a")
                .collect(Collectors.joining(" "))));
        assertThat(drawing.lanes()).isEqualTo(100);
        assertThat(LanePath.width(drawing)).isLessThan(200);
        drawing.rows().forEach(row -> LanePath.of(row).forEach(path -> {
            Matcher numbers = NUMBER.matcher(path.d());
            while (numbers.find()) {
                assertThat(Integer.parseInt(numbers.group())).isBetween(0, 200);
            }
        }));
    }

    private static LaneDrawing draw(List<Revision> revisions) {
        return LaneDrawing.of(DrawnNode.of(RevisionGraph.of(revisions)));
    }
}
