package dev.migrationledger.agent.doctor.situation;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of a situation.
 *
 * @param verb its first word
 * @param rest what comes after it, or empty
 * @param block the further-indented lines below it, without that indentation
 */
record Step(int line, String verb, String rest, String block) {

    static List<Step> parse(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int from = i + 1;
            while (i + 1 < lines.size() && (lines.get(i + 1).isBlank() || lines.get(i + 1).startsWith(" "))) {
                i++;
            }
            String[] words = line.strip().split(" ", 2);
            String block = String.join("\n", lines.subList(from, i + 1)).stripTrailing().stripIndent();
            steps.add(new Step(from, words[0], words.length > 1 ? words[1].strip() : "", block));
        }
        return steps;
    }

    @Override
    public String toString() {
        return "line %d: %s %s".formatted(line, verb, rest);
    }
}
