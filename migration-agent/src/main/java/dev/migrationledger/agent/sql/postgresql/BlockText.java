package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.text.Phrase;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.schema.CanonicalText;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that a code block puts together for EXECUTE.
 *
 * @param variables what is known of variables
 */
record BlockText(Map<String, String> variables) {

    /** A parameter of {@code format}: which argument, and how it is written. */
    private static final Pattern PARAMETER = Pattern.compile("%(?:(\\d+)\\$)?-?\\d*([ILs%])");

    /** The text of an expression, with a hole in the place of each part that is not known. */
    String of(Phrase expression) {
        StringBuilder text = new StringBuilder();
        for (Phrase part : expression.bare().split('|')) {
            // Between the two characters of the operator is nothing.
            if (part.size() > 0) {
                text.append(part(part.uncast().bare()));
            }
        }
        return text.toString();
    }

    private String part(Phrase part) {
        if (part.split('|').size() > 1) {
            return of(part);
        }
        Token first = part.tokens().getFirst();
        if (part.size() == 1) {
            return first.isString() || first.kind() == Token.Kind.NUMBER
                    ? first.text()
                    : variables.getOrDefault(first.text(), LiteralSql.HOLE);
        }
        boolean call = part.is(1, '(') && part.closing(1) == part.size() - 1;
        List<Phrase> arguments = call ? part.from(2, part.size() - 1).split(',') : List.of();
        if (call && first.is("format")) {
            return format(of(arguments.getFirst()), arguments.subList(1, arguments.size()));
        }
        if (call && first.is("quote_ident")) {
            return identifier(of(arguments.getFirst()));
        }
        if (call && first.is("quote_literal")) {
            return CanonicalText.literal(of(arguments.getFirst()));
        }
        return LiteralSql.HOLE;
    }

    private String format(String pattern, List<Phrase> arguments) {
        Matcher parameter = PARAMETER.matcher(pattern);
        StringBuilder text = new StringBuilder();
        int next = 0;
        while (parameter.find()) {
            String kind = parameter.group(2);
            if (kind.equals("%")) {
                parameter.appendReplacement(text, "%");
                continue;
            }
            int which = parameter.group(1) == null ? next : Integer.parseInt(parameter.group(1)) - 1;
            next = which + 1;
            String argument = which < arguments.size() ? of(arguments.get(which)) : LiteralSql.HOLE;
            parameter.appendReplacement(text, Matcher.quoteReplacement(switch (kind) {
                case "I" -> identifier(argument);
                case "L" -> CanonicalText.literal(argument);
                default -> argument;
            }));
        }
        return parameter.appendTail(text).toString();
    }

    private static String identifier(String name) {
        return name.equals(LiteralSql.HOLE) ? name : CanonicalText.quoted(name);
    }
}
