package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.situation.Observations.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes the calls that commands begin with from what an agent says of the tool. {@code …} stands for what only a person knows. */
public final class ToolCalls {

    private static final String OPEN = "…";

    private static final String ALEMBIC = "alembic";

    /** The program alone, where there are no scripts, and so no plan. */
    public static final ToolCall WITHOUT_SCRIPTS = new ToolCall(ALEMBIC, "", "");

    private ToolCalls() {}

    /** For somebody who stands in the working folder. */
    public static ToolCall here(ToolInvocation invocation) {
        return of(invocation, "", "");
    }

    /** For somebody who stands elsewhere: each command goes to the working folder first, whatever ran before. */
    public static ToolCall elsewhere(ToolInvocation invocation) {
        String folder = shown(Redaction.of(invocation.workingFolder()));
        return of(invocation, "cd " + ToolCall.word(folder) + " && ",
                "It runs in %s, where the agent runs.".formatted(folder));
    }

    /** Where agents of one environment call the tool differently, no command is right for sure. */
    public static ToolCall differing(Map<String, ToolInvocation> byAgent) {
        String calls = ListText.and(new TreeMap<>(byAgent).entrySet().stream()
                .map(one -> "'%s' as '%s'".formatted(one.getKey(), here(one.getValue()).before()))
                .toList());
        return new ToolCall(ALEMBIC + " " + OPEN, "",
                "Agents call the tool differently: %s. Replace '…' with the options that reach this database."
                        .formatted(calls));
    }

    private static ToolCall of(ToolInvocation invocation, String goThere, String whereItRuns) {
        List<String> options = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        if (invocation.config() == null) {
            options.add(" -c " + OPEN);
            notes.add("Replace '-c …' with the project's configuration.");
        }
        List<String> config = invocation.config() == null ? List.of() : invocation.config();
        if (invocation.program() == Program.ALEMBIC) {
            config.forEach(file -> options.add(" -c " + argument(file)));
            if (invocation.section() != null) {
                options.add(" -n " + argument(invocation.section()));
            }
        } else {
            config.forEach(file -> options.add(" -d " + argument(folder(file))));
        }
        invocation.arguments().forEach(each -> options.add(" -x " + ToolCall.word(shown(each))));
        if (invocation.argumentsMissing()) {
            options.add(" -x " + OPEN);
            notes.add("Replace '-x …' with the options that choose this database's tenant.");
        }
        String all = String.join("", options);
        if (notes.isEmpty() && all.contains(OPEN)) {
            notes.add("Replace '…' with what is hidden because it looks like a secret.");
        }
        if (!whereItRuns.isEmpty()) {
            notes.add(whereItRuns);
        }
        String note = String.join(" ", notes);
        return invocation.program() == Program.ALEMBIC
                ? new ToolCall(goThere + ALEMBIC + all, "", note)
                : new ToolCall(goThere + "flask db", all, note);
    }

    private static String argument(String text) {
        return ToolCall.word(shown(Redaction.of(text)));
    }

    private static String shown(String redacted) {
        return redacted.replace(Redaction.HIDDEN, OPEN);
    }

    private static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : file.substring(0, slash);
    }
}
