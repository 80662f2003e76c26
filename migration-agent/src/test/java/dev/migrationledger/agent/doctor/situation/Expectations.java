package dev.migrationledger.agent.doctor.situation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is expected of one run of the doctor, as it is written behind its arrow or in the lines below it. */
final class Expectations {

    private static final Pattern PART = Pattern.compile("\\s*([^\\s,]+)(?: ([\"'`])(.*?)\\2(?=,|$)| ([^,]*))?(?:,|$)");

    private final List<String> words = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();

    private Expectations() {}

    static Expectations of(String inLine, String block) {
        Expectations expectations = new Expectations();
        Matcher part = PART.matcher(inLine.strip());
        while (!inLine.isBlank() && part.lookingAt()) {
            String plain = part.group(4) == null ? "" : part.group(4);
            expectations.add(part.group(1), part.group(2) == null ? plain : part.group(3));
            if (part.end() == part.regionEnd()) {
                break;
            }
            part.region(part.end(), part.regionEnd());
        }
        block.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] parts = line.strip().split(" ", 2);
            String argument = parts.length > 1 ? parts[1].strip() : "";
            boolean quoted = argument.length() > 1 && argument.charAt(0) == argument.charAt(argument.length() - 1)
                    && "\"'`".indexOf(argument.charAt(0)) >= 0;
            expectations.add(parts[0], quoted ? argument.substring(1, argument.length() - 1) : argument);
        });
        return expectations;
    }

    private void add(String word, String argument) {
        words.add(word);
        arguments.add(argument);
    }

    /** Compares the output with all expectations. */
    void hold(Step step, DoctorOutput result) {
        List<String> plan = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String argument = arguments.get(i);
            String about = "%s\nexpected: %s %s\n%s".formatted(step, words.get(i), argument, result.text());
            switch (words.get(i)) {
                case "exit" -> assertThat(result.exit()).as(about).isEqualTo(Integer.parseInt(argument));
                case "healthy", "behind", "unconfirmed", "warning", "wrong", "unknown" ->
                    assertThat(result.verdict()).as(about).isEqualTo(words.get(i));
                case "code" -> assertThat(result.codes()).as(about).contains(argument);
                case "codes" -> assertThat(result.codes()).as(about)
                        .containsExactlyInAnyOrderElementsOf(argument.isEmpty() || argument.equals("none")
                                ? List.of()
                                : List.of(argument.split("[ ,]+")));
                case "candidates" -> assertThat(result.candidates()).as(about)
                        .containsExactlyInAnyOrderElementsOf(sets(argument));
                case "says" -> assertThat(result.squeezed()).as(about).containsPattern(pattern(argument));
                case "not" -> assertThat(result.squeezed()).as(about).doesNotContainPattern(pattern(argument));
                case "plan" -> {
                    switch (argument) {
                        case "none" -> assertThat(result.plan()).as(about).isEmpty();
                        case "stops" -> assertThat(result.plan()).as(about).contains(DoctorOutput.PERSON);
                        default -> plan.add(argument);
                    }
                }
                default -> throw new IllegalArgumentException("%s: nothing can be expected by '%s'"
                        .formatted(step, words.get(i)));
            }
        }
        if (!plan.isEmpty()) {
            String about = "%s\nexpected plan: %s\n%s".formatted(step, plan, result.text());
            assertThat(result.plan()).as(about).hasSameSizeAs(plan);
            for (int i = 0; i < plan.size(); i++) {
                assertThat(result.plan().get(i)).as(about).matches(pattern(plan.get(i)));
            }
        }
    }

    /** {@code a | b c}: two sets of rows. */
    private static List<List<String>> sets(String text) {
        return text.isEmpty() || text.equals("none")
                ? List.of()
                : Stream.of(text.split("\\|", -1)).map(String::strip)
                        .map(set -> set.equals("base") ? List.<String>of() : List.of(set.split(" +"))).toList();
    }

    /** A text in which {@code …} stands for anything. */
    private static Pattern pattern(String text) {
        return Pattern.compile(Arrays.stream(text.split("…", -1)).map(part -> part.replaceAll("\\s+", " "))
                .map(Pattern::quote).collect(Collectors.joining(".*?")));
    }
}
