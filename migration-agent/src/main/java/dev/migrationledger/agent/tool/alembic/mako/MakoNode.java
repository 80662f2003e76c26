package dev.migrationledger.agent.tool.alembic.mako;

/** A part of a template, as Mako's lexer tells them apart. */
sealed interface MakoNode {

    /** Of its first character, from 1. */
    int line();

    record Literal(String text, int line) implements MakoNode {}

    /**
     * {@code ${source | filters}}.
     *
     * @param filters empty where there are none
     */
    record Output(String source, String filters, int line) implements MakoNode {}

    /**
     * {@code % if condition:}.
     *
     * @param keyword its first word, {@code if} of {@code endif} as well
     * @param end whether it ends a block
     * @param source the whole line without {@code %}
     */
    record Control(String keyword, boolean end, String source, int line) implements MakoNode {}

    /**
     * {@code <% … %>} or {@code <%! … %>}.
     *
     * @param source without its left margin
     * @param module whether it is run once, before everything else
     */
    record Code(String source, boolean module, int line) implements MakoNode {}
}
