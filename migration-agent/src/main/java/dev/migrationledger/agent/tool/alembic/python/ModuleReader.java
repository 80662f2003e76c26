package dev.migrationledger.agent.tool.alembic.python;

import dev.migrationledger.agent.tool.alembic.python.Lines.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a module's statements from top to bottom, as importing it would, and remembers what each name was bound to last.
 * Bodies of functions and classes are passed over. Whatever the bytes are, it returns, and in time proportional to their
 * number.
 */
public final class ModuleReader {

    /** CPython refuses more. */
    private static final int DEEPEST_INDENTATION = 100;

    private final String source;
    private final Lines lines;
    private final Set<String> wanted;
    private final ImportedNames imports;
    private @Nullable Integer wildcard;
    private int depth;

    private ModuleReader(String source, Set<String> wanted, ImportedNames imports) {
        this.source = source;
        this.lines = new Lines(source);
        this.wanted = wanted;
        this.imports = imports;
    }

    /**
     * What is known of a module.
     *
     * @param bytes of its file
     * @param wanted names for whose sake other modules may be looked at
     * @param imports looks at other modules
     */
    public static Module read(byte[] bytes, Set<String> wanted, ImportedNames imports) {
        SourceText text = SourceText.of(bytes);
        return new ModuleReader(text.text(), wanted, imports).module(text.problem());
    }

    private Module module(Module.@Nullable Problem encoding) {
        List<Module.Problem> problems = new ArrayList<>();
        if (encoding != null) {
            problems.add(encoding);
        }
        Names names = new Names(null);
        String docstring = null;
        try {
            docstring = docstring();
            block(names, 0);
        } catch (Malformed e) {
            problems.add(new Module.Problem(lines.lineOf(e.position()), e.reason()));
        }
        return new Module(docstring, names.own(), wildcard, problems);
    }

    private @Nullable String docstring() throws Malformed {
        if (lines.indent() < 0) {
            return null;
        }
        Cursor cursor = new Cursor(source, lines.start(), source.length());
        if (!cursor.atString() || cursor.string().formatted()) {
            return null;
        }
        Piece piece = lines.piece(lines.start());
        return Expression.evaluate(
                source, piece.start(), piece.end(), 1, new Names(null),
                null) instanceof Binding.Known(Value.Text text, int line)
                        ? text.text()
                        : null;
    }

    /** Every line that is indented at least so far. */
    private void block(Names names, int indented) throws Malformed {
        if (depth > DEEPEST_INDENTATION) {
            throw new Malformed(lines.start(), "blocks are nested too deeply");
        }
        depth++;
        for (int indent = lines.indent(); indent >= indented; indent = lines.indent()) {
            line(names, indent);
        }
        depth--;
    }

    private void line(Names names, int indent) throws Malformed {
        int start = lines.start();
        String word = wordAt(start);
        switch (word) {
            case "def", "class", "async" -> definition(names, start, indent);
            case "if" -> choice(names, indent);
            case "try" -> attempt(names, indent);
            case "for", "while", "match" -> {
                Piece header = lines.piece(start);
                if (header.isNone()) {
                    simple(names, start);
                } else {
                    repeated(names, header, word, indent);
                }
            }
            case "with", "case", "else", "elif", "except", "finally" -> {
                Piece header = lines.piece(start);
                if (header.isNone()) {
                    simple(names, start);
                } else {
                    boundByHeader(names, header);
                    body(names, header, indent);
                }
            }
            default -> simple(names, start);
        }
    }

    /** {@code with … as name}. */
    private void boundByHeader(Names names, Piece header) throws Malformed {
        Cursor cursor = new Cursor(source, header.start(), header.colon());
        while (cursor.more()) {
            if (cursor.takeWord("as")) {
                String name = cursor.word();
                names.bind(
                        name,
                        new Binding.Unknown(
                                Expression.excerpt(source, header.start(), header.colon()),
                                "it is bound by the statement's head",
                                lines.lineOf(header.start())));
            } else if (cursor.atString()) {
                cursor.string();
            } else if (cursor.word().isEmpty()) {
                cursor.take(cursor.peek());
            }
        }
    }

    private String wordAt(int start) {
        int end = start;
        while (end < source.length() && end - start < 40 && StringLiteral.isNamePart(source.charAt(end))) {
            end++;
        }
        return source.substring(start, end);
    }

    private void definition(Names names, int start, int indent) throws Malformed {
        Cursor cursor = new Cursor(source, start, source.length());
        String what = cursor.word();
        if (what.equals("async")) {
            what = cursor.word();
        }
        if (what.equals("def") || what.equals("class")) {
            names.bind(
                    cursor.word(),
                    new Binding.Unknown(
                            Expression.excerpt(source, start, StringLiteral.endOfLine(source, start)),
                            "it is a " + (what.equals("def") ? "function" : "class"),
                            lines.lineOf(start)));
        }
        lines.skipLine();
        lines.skipBlock(indent);
    }

    /** {@code if}, {@code elif}, {@code else}: what the branches that may run agree on is known. */
    private void choice(Names names, int indent) throws Malformed {
        List<Names> possible = new ArrayList<>();
        boolean certain = false;
        String condition = "";
        int line = lines.lineOf(lines.start());
        String word = "if";
        do {
            Piece header = lines.piece(lines.start());
            if (header.colon() < 0) {
                simple(names, lines.start());
                return;
            }
            Boolean truth = word.equals("else") ? Boolean.TRUE : truth(names, header, word.length());
            if (truth == null && condition.isEmpty()) {
                condition = Expression.excerpt(source, header.start() + word.length(), header.colon());
            }
            Names branch = new Names(names);
            body(branch, header, indent);
            if (!certain && !Boolean.FALSE.equals(truth)) {
                possible.add(branch);
            }
            certain |= Boolean.TRUE.equals(truth);
            word = lines.indent() == indent ? wordAt(lines.start()) : "";
        } while (word.equals("elif") || word.equals("else"));
        if (!certain) {
            possible.add(new Names(names));
        }
        if (possible.size() == 1) {
            names.take(possible.getFirst());
        } else {
            names.merge(possible, condition, line);
        }
    }

    /** Absent where it cannot be known. A module that is imported is never {@code __main__}. */
    private @Nullable Boolean truth(Names names, Piece header, int word) {
        int from = header.start() + word;
        if (Expression.excerpt(source, from, header.colon()).matches("\\(?__name__ == ['\"]__main__['\"]\\)?")) {
            return false;
        }
        Binding value = Expression.evaluate(source, from, header.colon(), 1, names, null);
        return value instanceof Binding.Known known ? (Boolean) known.value().truth() : null;
    }

    /** What {@code try} did holds, unless a handler would have it otherwise. */
    private void attempt(Names names, int indent) throws Malformed {
        Piece header = lines.piece(lines.start());
        if (header.colon() < 0) {
            simple(names, lines.start());
            return;
        }
        int line = lines.lineOf(header.start());
        body(names, header, indent);
        Names passed = new Names(names);
        List<Names> outcomes = new ArrayList<>(List.of(passed));
        while (lines.indent() == indent) {
            String word = wordAt(lines.start());
            if (!word.equals("except") && !word.equals("else")) {
                break;
            }
            Piece next = lines.piece(lines.start());
            if (next.colon() < 0) {
                break;
            }
            Names outcome = word.equals("else") ? passed : new Names(names);
            body(outcome, next, indent);
            if (outcome != passed) {
                outcomes.add(outcome);
            }
        }
        names.merge(outcomes, "try", line);
        // A following "finally" always runs, so it is read like any other line.
    }

    /** A loop runs never, once or many times, and of a match one case or none. */
    private void repeated(Names names, Piece header, String word, int indent) throws Malformed {
        int line = lines.lineOf(header.start());
        Names branch = new Names(names);
        if (word.equals("for")) {
            Cursor cursor = new Cursor(source, header.start() + word.length(), header.colon());
            while (cursor.more() && !cursor.takeWord("in")) {
                String name = cursor.word();
                if (name.isEmpty()) {
                    cursor.take(cursor.peek());
                } else {
                    branch.bind(name, new Binding.Unknown(name, "it is the variable of a loop", line));
                }
            }
        }
        body(branch, header, indent);
        names.merge(
                List.of(branch, new Names(names)),
                Expression.excerpt(source, header.start(), header.colon()),
                line);
    }

    /** What a header governs: the rest of its line, or the block below it. */
    private void body(Names names, Piece header, int indent) throws Malformed {
        int after = header.colon() + 1;
        if (new Cursor(source, after, header.end()).more()) {
            simple(names, after);
        } else {
            lines.moveTo(header.end() + 1);
            block(names, indent + 1);
        }
    }

    /** A line of simple statements. */
    private void simple(Names names, int from) throws Malformed {
        int next = from;
        boolean last = false;
        while (!last) {
            Piece piece = lines.piece(next);
            statement(names, piece);
            next = piece.end() + 1;
            last = piece.last();
        }
        lines.moveTo(next);
    }

    private void statement(Names names, Piece piece) throws Malformed {
        Cursor cursor = new Cursor(source, piece.start(), piece.end());
        if (!cursor.more()) {
            return;
        }
        int start = cursor.position();
        int line = lines.lineOf(start);
        switch (wordAt(start)) {
            case "import" -> ImportStatement.plain(source, start + 6, piece.end(), line, names);
            case "from" -> {
                if (ImportStatement.from(source, start + 4, piece.end(), line, names)) {
                    wildcard = line;
                }
            }
            case "del" -> {
                Target target = Target.parse(source, start + 3, piece.end());
                if (target != null) {
                    target.names().forEach(
                            name -> names.bind(name, new Binding.Unknown("del " + name, "it is deleted", line)));
                }
            }
            case "" -> {
                if (source.startsWith("<<<<<<<", start)) {
                    throw new Malformed(start, "there is a merge conflict that nobody resolved");
                }
                assign(names, piece, start, line);
            }
            default -> assign(names, piece, start, line);
        }
    }

    private void assign(Names names, Piece piece, int start, int line) throws Malformed {
        if (piece.equals() >= 0) {
            new Assignment(source, lines, wanted, imports).run(names, piece, start, line);
        } else if (Target.parse(source, start, piece.end()) instanceof Target.Elsewhere call) {
            // labels.append("x") and its like
            call.bind(names, new Binding.Unknown(call.name(), "it is changed in place", line));
        }
    }
}
