package dev.migrationledger.contracts.rules;

import dev.migrationledger.contracts.rules.Observations.ToolCall;
import java.util.List;
import java.util.stream.Collectors;

/** The migration tool's commands, as they are typed in a shell. */
record Commands(ToolCall tool) {

    /** Writes these rows. Purging empties the table first, without asking what its rows mean. */
    String stamp(List<String> revisions, boolean purge) {
        String what = revisions.isEmpty()
                ? "base"
                : revisions.stream().map(ToolCall::word).collect(Collectors.joining(" "));
        return tool.command() + (purge ? " stamp --purge " : " stamp ") + what;
    }

    String upgrade(String target) {
        return tool.command() + " upgrade " + ToolCall.word(target);
    }

    String merge(List<String> heads) {
        return tool.command() + " merge -m \"merge heads\" "
                + heads.stream().map(ToolCall::word).collect(Collectors.joining(" "));
    }

    /** Prints the SQL of one revision. */
    String sql(String parent, String revision) {
        return tool.command() + " upgrade " + ToolCall.word(parent + ":" + revision) + " --sql";
    }

    /** What a person has to know before such a command is typed, with a space before it; empty: nothing. */
    String note(String command) {
        return tool.isOpen() && command.startsWith(tool.command())
                ? " Replace '-x …' with the options that choose this database's tenant."
                : "";
    }

    String current() {
        return tool.command() + " current";
    }

    String heads() {
        return tool.command() + " heads";
    }
}
