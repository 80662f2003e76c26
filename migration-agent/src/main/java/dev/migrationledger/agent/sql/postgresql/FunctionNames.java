package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_argsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_parametersContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;

/** Names of functions, to which the types of what goes in belong. */
final class FunctionNames {

    /** What stands between the dollars. */
    private static final Pattern BODY = Pattern.compile("\\bAS\\s+(\\$\\w*\\$)(.*?)\\1",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private FunctionNames() {}

    /** With its text, unless Python may write that in another way than it reaches the server. */
    static Definition definition(String statement) {
        Matcher body = BODY.matcher(statement);
        return Holes.in(statement) || !body.find() || body.group(2).contains("%%") || body.group(2).contains("\\:")
                ? Definition.Function.UNKNOWN
                : Definition.Function.of(body.group(2), null);
    }

    static ObjectName name(Function_parametersContext function) {
        return name(function.schema_qualified_name(), function.function_args());
    }

    static ObjectName name(Schema_qualified_nameContext name, Function_argsContext arguments) {
        ParsedNames.Qualified qualified = ParsedNames.qualified(name);
        String types = arguments.function_arguments().stream()
                .filter(argument -> argument.argmode() == null || argument.argmode().OUT() == null)
                .map(argument -> Types.of(argument.data_type()).name())
                .collect(Collectors.joining(", ", "(", ")"));
        return new ObjectName(ObjectKind.FUNCTION, qualified.schema(), null, qualified.name() + types);
    }
}
