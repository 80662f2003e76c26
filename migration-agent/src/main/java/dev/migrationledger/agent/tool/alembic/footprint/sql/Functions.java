package dev.migrationledger.agent.tool.alembic.footprint.sql;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.stream.Collectors;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_argsContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Function_parametersContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.Schema_qualified_nameContext;

/** Names of functions, to which the types of what goes in belong. */
final class Functions {

    private Functions() {}

    static ObjectName name(Function_parametersContext function) {
        return name(function.schema_qualified_name(), function.function_args());
    }

    static ObjectName name(Schema_qualified_nameContext name, Function_argsContext arguments) {
        Words.Qualified qualified = Words.qualified(name);
        String types = arguments.function_arguments().stream()
                .filter(argument -> argument.argmode() == null || argument.argmode().OUT() == null)
                .map(argument -> Types.of(argument.data_type()).name())
                .collect(Collectors.joining(", ", "(", ")"));
        return new ObjectName(ObjectKind.FUNCTION, qualified.schema(), null, qualified.name() + types);
    }
}
