package dev.migrationledger.agent.mcp.protocol;

import dev.migrationledger.agent.cli.CommandFailure;
import java.util.List;

/** A question that a model may ask. Whatever answers it only reads. */
public interface McpTool {

    /** As the protocol has it, such as {@code may_i_deploy}. */
    String name();

    /** For people. */
    String title();

    /** For models: when to ask this, what the answer has, and what it does not have. */
    String description();

    List<ToolParameter> parameters();

    /** The record that {@link #answer} gives: the schema of answers follows from it. */
    Class<? extends Record> answerType();

    /**
     * The answer; its components are the fields that a model reads, in this order.
     *
     * @throws CommandFailure if there is none: its sentence is what the model reads
     */
    Record answer(ToolArguments arguments) throws InterruptedException;
}
