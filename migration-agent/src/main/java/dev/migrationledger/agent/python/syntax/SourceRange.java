package dev.migrationledger.agent.python.syntax;

/**
 * Where something stands. A place knows its file, so that it is never cut out of another one's text.
 *
 * @param source of the file
 * @param start of its first character
 * @param end after its last character
 * @param line of its first character, from 1
 */
public record SourceRange(Source source, int start, int end, int line) {

    /** What stands here, on one line and shortened for messages. */
    public String excerpt() {
        return source.excerpt(start, end);
    }
}
