package dev.migrationledger.agent.tool.alembic.mako;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The left margin of a block of Python within a template, which Mako takes away. */
final class Margin {

    private static final Pattern TRIPLE = Pattern.compile("\"\"\"|'''");

    private Margin() {}

    /** Without the space that its first statement begins with; what stands within long strings keeps its own. */
    static String removed(String code) {
        List<String> lines = new ArrayList<>();
        String margin = null;
        boolean inString = false;
        for (String line : code.split("\\r?\\n", -1)) {
            boolean begins = !inString;
            inString ^= TRIPLE.matcher(line).results().count() % 2 == 1;
            String stripped = line.stripLeading();
            if (!begins || stripped.isEmpty()) {
                lines.add(line);
                continue;
            }
            String space = line.substring(0, line.length() - stripped.length()).replace("\t", "        ");
            margin = margin == null && !stripped.startsWith("#") ? space : margin;
            lines.add((margin != null && space.startsWith(margin) ? space.substring(margin.length()) : space)
                    + stripped);
        }
        return String.join("\n", lines) + "\n";
    }
}
