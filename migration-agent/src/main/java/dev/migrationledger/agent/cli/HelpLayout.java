package dev.migrationledger.agent.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How {@code --help} looks, the same for every command: a short synopsis, headings, and lines that break between words only. */
public final class HelpLayout {

    /** Characters of a description's line. The widest column of options leaves room for them in 80. */
    private static final int DESCRIPTION = 49;

    private HelpLayout() {}

    /** Sets the layout of a command and of all its subcommands. */
    public static CommandLine of(CommandLine commandLine) {
        headings(commandLine);
        // Not a method reference: that would load picocli's help at every start.
        return commandLine.setHelpFactory((spec, scheme) -> new WordWrapped(spec, scheme));
    }

    private static void headings(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        // The short form leaves out all options, also those that a command cannot do without.
        usage.abbreviateSynopsis(spec.options().stream().noneMatch(OptionSpec::required));
        usage.descriptionHeading("%n");
        usage.parameterListHeading("%nArguments:%n");
        usage.optionListHeading("%nOptions:%n");
        usage.commandListHeading("%nCommands:%n");
        if (!usage.exitCodeList().isEmpty()) {
            usage.exitCodeListHeading("%nExit codes:%n");
        }
        command.getSubcommands().values().forEach(HelpLayout::headings);
    }

    /** Picocli also breaks lines behind a full stop or slash, which tears paths and file names apart. */
    private static final class WordWrapped extends Help {

        private WordWrapped(CommandSpec spec, ColorScheme scheme) {
            super(spec, scheme);
        }

        @Override
        public IOptionRenderer createDefaultOptionRenderer() {
            IOptionRenderer usual = super.createDefaultOptionRenderer();
            return (option, labels, scheme) -> wrapped(usual.render(option, labels, scheme), scheme);
        }

        @Override
        public IParameterRenderer createDefaultParameterRenderer() {
            IParameterRenderer usual = super.createDefaultParameterRenderer();
            return (parameter, labels, scheme) -> wrapped(usual.render(parameter, labels, scheme), scheme);
        }

        private static Text[][] wrapped(Text[][] rows, ColorScheme scheme) {
            return Stream.of(rows).flatMap(row -> lines(row, scheme).stream()).toArray(Text[][]::new);
        }

        /** The last column of a row is the description. */
        private static List<Text[]> lines(Text[] row, ColorScheme scheme) {
            List<Text[]> lines = new ArrayList<>();
            Text rest = row[row.length - 1];
            while (true) {
                String plain = rest.plainString();
                int space = plain.length() <= DESCRIPTION ? -1 : plain.lastIndexOf(' ', DESCRIPTION);
                Text[] line = lines.isEmpty()
                        ? row.clone()
                        : Stream.of(row).map(_ -> scheme.text("")).toArray(Text[]::new);
                line[row.length - 1] = space < 0 ? rest : rest.substring(0, space);
                lines.add(line);
                if (space < 0) {
                    return lines;
                }
                rest = rest.substring(space + 1);
            }
        }
    }
}
