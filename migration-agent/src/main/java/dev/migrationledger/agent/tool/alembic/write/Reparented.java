package dev.migrationledger.agent.tool.alembic.write;

import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.Source;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.python.syntax.SyntaxProblem;
import dev.migrationledger.agent.tool.alembic.mako.PythonText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file of a revision with other parents: the value of {@code down_revision} and the docstring's line {@code Revises:} change, and
 * nothing else. Descendants follow by themselves, so the lowest revision of a chain is the only one to change.
 */
public final class Reparented {

    private static final String NAME = "down_revision";
    private static final Pattern WORD = Pattern.compile("\\b" + NAME + "\\b");
    private static final Pattern GLOBAL = Pattern.compile("(?m)^\\s*global\\b.*\\b" + NAME + "\\b");
    private static final Pattern REVISES = Pattern.compile("(?m)^([ \\t]*Revises:)([^\\n]*)$", Pattern.UNIX_LINES);
    private static final Pattern LITERAL = Pattern.compile("([uU]?)(['\"])[^'\"\\\\\\n]*\\2");

    private final byte[] bytes;
    private final @Nullable String revises;

    private Reparented(byte[] bytes, @Nullable String revises) {
        this.bytes = bytes;
        this.revises = revises;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** What the docstring still says after {@code Revises:}, because it did not name the former parents; absent: nothing. */
    public @Nullable String revises() {
        return revises;
    }

    /** One change of the text. */
    private record Edit(int start, int end, String text) {}

    /**
     * Changes the parents.
     *
     * @param file as people name it
     * @param parents none for a base
     * @throws NotWritten where {@code down_revision} is computed or bound more than once
     */
    public static Reparented of(String file, byte[] bytes, List<String> parents) throws NotWritten {
        Source source = Source.of(file, bytes);
        EditedSource edited = EditedSource.of(source, bytes);
        List<Statement> statements;
        try {
            if (source.problem() != null) {
                throw source.problem();
            }
            statements = source.reading().rest();
        } catch (SyntaxProblem e) {
            throw new NotWritten("Line %d of '%s' is not valid Python.".formatted(e.line(), file));
        }
        Expression value = value(file, statements);
        List<String> before = parents(file, value);
        List<Edit> edits = new ArrayList<>(valueEdits(source, value, before, parents));
        String revises = null;
        if (statements.getFirst() instanceof Statement.Evaluate first
                && first.expression() instanceof Expression.Text) {
            revises = docstring(source, first.place(), before, parents, edits);
        }
        edits.sort((left, right) -> Integer.compare(right.start(), left.start()));
        for (Edit edit : edits) {
            edited = edited.replaced(edit.start(), edit.end(), edit.text());
        }
        return new Reparented(edited.bytes(), revises);
    }

    /** What the only assignment to the name assigns. */
    private static Expression value(String file, List<Statement> statements) throws NotWritten {
        Expression value = null;
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            Expression assigned = switch (statement) {
                case Statement.Assign assign when assign.targets().size() == 1
                        && isName(assign.targets().getFirst()) ->
                    assign.value();
                case Statement.Annotate annotate when isName(annotate.target()) -> annotate.value();
                default -> null;
            };
            Source source = statement.place().source();
            int end = i + 1 < statements.size() ? statements.get(i + 1).place().start() : source.text().length();
            String text = source.text().substring(statement.place().start(), end);
            boolean again = assigned != null ? value != null : binds(statement, text);
            if (again) {
                throw new NotWritten("Line %d of '%s' binds '%s' %s; change it by hand.".formatted(
                        statement.place().line(), file, NAME, value == null ? "in another way" : "again"));
            }
            value = assigned == null ? value : assigned;
        }
        if (value == null) {
            throw new NotWritten("'%s' does not assign '%s'; change it by hand.".formatted(file, NAME));
        }
        return value;
    }

    private static boolean isName(Expression target) {
        return target instanceof Expression.Name name && name.name().equals(NAME);
    }

    /**
     * Whether a statement can bind the name; one that only uses it cannot.
     *
     * @param text of the whole statement
     */
    private static boolean binds(Statement statement, String text) {
        return switch (statement) {
            case Statement.Evaluate _,Statement.Return _,Statement.Raise _,Statement.Assert _ -> false;
            case Statement.Assign assign -> assign.targets().stream().anyMatch(target -> mentions(target.place()));
            case Statement.Annotate annotate -> annotate.value() != null && mentions(annotate.target().place());
            case Statement.Augment augment -> mentions(augment.target().place());
            case Statement.Function _ -> GLOBAL.matcher(text).find();
            case Statement.ClassDefinition _ -> false;
            case Statement.Delete _,Statement.Plain _,Statement.Import _,Statement.ImportFrom _,Statement.If _,Statement.For _,Statement.While _,Statement.With _,Statement.Try _,Statement.Match _ ->
                WORD.matcher(text).find();
        };
    }

    private static boolean mentions(SourceRange place) {
        return WORD.matcher(place.source().text().substring(place.start(), place.end())).find();
    }

    private static List<String> parents(String file, Expression value) throws NotWritten {
        return switch (value) {
            case Expression.Constant constant when constant.word() == Expression.Word.NONE -> List.of();
            case Expression.Text text -> List.of(text.text());
            case Expression.Sequence sequence when sequence.elements().stream().allMatch(
                    Expression.Text.class::isInstance) ->
                sequence.elements().stream().map(element -> ((Expression.Text) element).text()).toList();
            default -> throw new NotWritten("Line %d of '%s' computes '%s'; change it by hand.".formatted(
                    value.place().line(), file, NAME));
        };
    }

    /** Of a list that keeps its length only the elements that differ. */
    private static List<Edit> valueEdits(Source source, Expression value, List<String> before, List<String> parents) {
        if (before.equals(parents)) {
            return List.of();
        }
        List<Edit> edits = new ArrayList<>();
        if (value instanceof Expression.Sequence sequence && before.size() == parents.size()) {
            for (int i = 0; i < parents.size(); i++) {
                if (!before.get(i).equals(parents.get(i))) {
                    SourceRange place = sequence.elements().get(i).place();
                    edits.add(new Edit(place.start(), place.end(), literal(source, place, parents.get(i))));
                }
            }
            return edits;
        }
        SourceRange place = value.place();
        SourceRange like = value instanceof Expression.Sequence sequence && !sequence.elements().isEmpty()
                ? sequence.elements().getFirst().place()
                : place;
        List<String> literals = parents.stream().map(parent -> literal(source, like, parent)).toList();
        String written = switch (literals.size()) {
            case 0 -> "None";
            case 1 -> literals.getFirst();
            default -> "(" + String.join(", ", literals) + ")";
        };
        return List.of(new Edit(place.start(), place.end(), written));
    }

    /** A parent in the quotation marks of another. */
    private static String literal(Source source, SourceRange like, String parent) {
        Matcher literal = LITERAL.matcher(source.text()).region(like.start(), like.end());
        boolean plain = parent.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '\'' && c != '"' && c != '\\');
        return literal.matches() && plain
                ? literal.group(1) + literal.group(2) + parent + literal.group(2)
                : PythonText.quoted(parent);
    }

    /** What the line says that is left as it is; absent: there is none, or it is changed. */
    private static @Nullable String docstring(
            Source source, SourceRange docstring, List<String> before, List<String> parents, List<Edit> edits) {
        Matcher line = REVISES.matcher(source.text()).region(docstring.start(), docstring.end());
        if (!line.find()) {
            return null;
        }
        String said = line.group(2).strip();
        String now = said.equals(String.join(", ", before))
                ? String.join(", ", parents)
                : said.equals(shown(before)) ? shown(parents) : null;
        if (now == null) {
            return said.equals(String.join(", ", parents)) || said.equals(shown(parents)) ? null : said;
        }
        int start = said.isEmpty() ? line.start(2) : line.start(2) + line.group(2).indexOf(said);
        int end = said.isEmpty() ? line.end(2) : start + said.length();
        String space = said.isEmpty() ? " " : "";
        if (!now.equals(said)) {
            edits.add(new Edit(start, end, space + now));
        }
        return null;
    }

    /** As templates without {@code comma} write it. */
    private static String shown(List<String> parents) {
        return switch (parents.size()) {
            case 0 -> "None";
            case 1 -> parents.getFirst();
            default -> "(" + String.join(", ", parents.stream().map(PythonText::quoted).toList()) + ")";
        };
    }
}
