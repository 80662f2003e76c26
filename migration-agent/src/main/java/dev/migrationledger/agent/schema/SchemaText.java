package dev.migrationledger.agent.schema;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.schema.SchemaReport.Compared;
import dev.migrationledger.agent.schema.SchemaReport.One;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.Count;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A {@link SchemaReport} for people. */
final class SchemaText {

    private final Paint paint;

    SchemaText(Paint paint) {
        this.paint = paint;
    }

    List<String> lines(SchemaReport report) {
        return switch (report) {
            case One one -> Stream.concat(
                    one.objects().stream().map(object -> line(" ", object.object(), object.text())),
                    Stream.of("", paint.strong("fingerprint") + " " + one.fingerprint().value())).toList();
            case Compared compared -> Stream.of(
                    Stream.of(
                            "left   " + Paint.plain(compared.left()) + "  "
                                    + paint.faint(compared.leftFingerprint().value()),
                            "right  " + Paint.plain(compared.right()) + "  "
                                    + paint.faint(compared.rightFingerprint().value()),
                            "",
                            paint.strong(verdict(compared))),
                    compared.difference().dropped().stream()
                            .map(object -> line("-", object.object(), object.text())),
                    compared.difference().changed().stream()
                            .map(change -> line("~", change.object(), change.before() + "  ->  " + change.after())),
                    compared.difference().created().stream()
                            .map(object -> line("+", object.object(), object.text())))
                    .flatMap(lines -> lines).toList();
        };
    }

    private static String verdict(Compared compared) {
        int objects = compared.difference().size();
        return objects == 0
                ? "equal"
                : "different: %s (- only left, ~ not the same, + only right)".formatted(Count.of(objects, "object"));
    }

    private static String line(String mark, ObjectName name, String definition) {
        String kind = name.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "%s %-17s  %s  %s".formatted(mark, kind, Paint.plain(name.dotted()), Paint.plain(definition))
                .stripTrailing();
    }
}
