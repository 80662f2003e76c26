package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.python.symbolic.ImportedNames.Option;
import dev.migrationledger.agent.python.syntax.Statement;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;

/** A template of Mako, read. */
public final class MakoTemplate {

    private static final int LONGEST_RESULT = 1 << 20;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final MakoParser parser;

    private MakoTemplate(MakoParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a template.
     *
     * @throws MakoProblem where Mako refuses it as well, or it has what is not known here
     */
    public static MakoTemplate of(byte[] bytes) throws MakoProblem {
        return new MakoTemplate(new MakoParser(new MakoLexer(text(bytes)).nodes()));
    }

    private static String text(byte[] bytes) throws MakoProblem {
        int from = bytes.length >= 3 && List.of(bytes[0], bytes[1], bytes[2])
                .equals(List.of(BYTE_ORDER_MARK[0], BYTE_ORDER_MARK[1], BYTE_ORDER_MARK[2])) ? 3 : 0;
        Matcher coding = MakoLexer.CODING.matcher(new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8));
        String named = coding.lookingAt() ? coding.group(1) : "utf-8";
        Charset charset = switch (named.toLowerCase(Locale.ROOT)) {
            case "utf-8", "utf8" -> StandardCharsets.UTF_8;
            case "ascii", "us-ascii" -> StandardCharsets.US_ASCII;
            case "latin-1", "latin1", "iso-8859-1" -> StandardCharsets.ISO_8859_1;
            default -> throw MakoProblem.uses(1, named);
        };
        if (from > 0 && !named.equals("utf-8")) {
            throw MakoProblem.uses(1, named);
        }
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from)).toString();
        } catch (CharacterCodingException e) {
            throw new MakoProblem(1, "is not in the encoding '%s'".formatted(named));
        }
    }

    /**
     * What Mako makes of it.
     *
     * @param variables by name; a name that is not among them is undefined
     * @param options what {@code config.get_main_option} finds
     * @throws MakoProblem where rendering fails in Mako as well, or needs what is not known here
     */
    public String rendered(Map<String, TemplateValue> variables, Function<String, Option> options)
            throws MakoProblem {
        TemplateStatements statements = new TemplateStatements(parser, variables, options);
        statements.run(parser.module(), statements.module());
        StringBuilder text = new StringBuilder();
        render(parser.rendered(), statements, text);
        return text.toString();
    }

    private static void render(List<MakoPart> parts, TemplateStatements statements, StringBuilder text)
            throws MakoProblem {
        TemplateNames names = statements.body();
        for (MakoPart part : parts) {
            switch (part) {
                case MakoPart.Literal(String literal) -> text.append(literal);
                case MakoPart.Output output -> {
                    if (!(statements.expressions().value(output.expression(), names) instanceof Text(String written))
                            || text.length() + written.length() > LONGEST_RESULT) {
                        throw statements.uses(output.expression().place());
                    }
                    text.append(written);
                }
                case MakoPart.Code(List<Statement> code) -> statements.run(
                        code, names);
                case MakoPart.Choice choice -> render(chosen(choice, statements), statements, text);
                case MakoPart.Loop loop -> {
                    for (TemplateValue element : statements.elements(loop.values(), names)) {
                        statements.assign(loop.target(), element, names);
                        render(loop.parts(), statements, text);
                    }
                }
            }
        }
    }

    private static List<MakoPart> chosen(MakoPart.Choice choice, TemplateStatements statements) throws MakoProblem {
        for (MakoPart.Branch branch : choice.branches()) {
            if (branch.test() == null || statements.expressions().truth(branch.test(), statements.body())) {
                return branch.parts();
            }
        }
        return List.of();
    }
}
