package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.python.symbolic.ImportedNames.Option;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Defined;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Mapping;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Moment;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Named;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Nothing;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What calls in a template return. Absent results are not known, or Python fails. */
final class TemplateCalls {

    /** Names with functions of their own. */
    static final Set<String> HAVE_FUNCTIONS = Set.of("re", "context", "config");

    private final TemplateStatements statements;
    private final TemplateNames given;
    private final Function<String, Option> options;

    /**
     * @param given what the template is rendered with
     * @param options of the configuration, by name
     */
    TemplateCalls(TemplateStatements statements, TemplateNames given, Function<String, Option> options) {
        this.statements = statements;
        this.given = given;
        this.options = options;
    }

    @Nullable
    TemplateValue function(TemplateValue callee, CallArguments arguments, SourceRange place) throws MakoProblem {
        return switch (callee) {
            case Defined defined -> statements.call(defined, arguments, place);
            case Named(String name) -> {
                int dot = name.indexOf('.');
                yield switch (dot < 0 ? "" : name.substring(0, dot)) {
                    case "re" -> RegexFunctions.call(name.substring(dot + 1), arguments);
                    case "context" -> name.equals("context.get") ? ofContext(arguments) : null;
                    case "config" -> name.equals("config.get_main_option") ? option(arguments) : null;
                    default -> PythonFunctions.call(name, arguments);
                };
            }
            default -> null;
        };
    }

    static @Nullable TemplateValue method(TemplateValue receiver, String method, CallArguments arguments) {
        return switch (receiver) {
            case Text(String text) -> TextFunctions.call(text, method, arguments);
            case Moment moment -> {
                String format = arguments.are(1) ? arguments.text(0) : null;
                String formatted = format == null || !method.equals("strftime")
                        ? null
                        : Moments.formatted(moment, format);
                yield formatted == null ? null : new Text(formatted);
            }
            case Mapping mapping when method.equals("get") && arguments.at(0) instanceof Text key -> {
                TemplateValue otherwise = arguments.at(1);
                yield mapping.entries().getOrDefault(key, otherwise == null ? Nothing.NONE : otherwise);
            }
            default -> null;
        };
    }

    /** {@code context.get("name", otherwise)}, which finds Python's own functions as well. */
    private @Nullable TemplateValue ofContext(CallArguments arguments) {
        String name = arguments.text(0);
        if (name == null || !arguments.named().isEmpty() || name.isEmpty() || PythonFunctions.isOther(name)) {
            return null;
        }
        TemplateValue found = given.find(name);
        TemplateValue otherwise = arguments.at(1);
        return found != null ? found : otherwise == null ? Nothing.NONE : otherwise;
    }

    private @Nullable TemplateValue option(CallArguments arguments) {
        String name = arguments.text(0);
        if (name == null || !arguments.named().isEmpty()) {
            return null;
        }
        TemplateValue otherwise = arguments.at(1);
        return switch (options.apply(name)) {
            case Option.Known(String value) -> value != null
                    ? new Text(value)
                    : otherwise == null ? Nothing.NONE : otherwise;
            case Option.Unclear() -> null;
        };
    }
}
