package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.CommandFailure;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code merge}: several heads of a project, and how they become one. */
@Command(name = "merge", description = "Shows how several heads become one, and decides it.", mixinStandardHelpOptions = true, subcommands = {
    ListMergesCommand.class, ShowMergeCommand.class, ProposeMergeCommand.class, RehearseMergeCommand.class,
    ApproveMergeCommand.class, RejectMergeCommand.class, WithdrawMergeCommand.class, WriteMergeCommand.class,
    CheckMergeCommand.class})
public final class MergeCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw CommandFailure.usage(
                "merge needs list, show, propose, rehearse, approve, reject, withdraw, write or check; see 'migration-agent merge --help'.");
    }
}
