package dev.migrationledger.agent.sql.postgresql;

import dev.migrationledger.agent.sql.effect.Changes;
import dev.migrationledger.agent.sql.effect.Facts;
import dev.migrationledger.agent.sql.postgresql.guard.BlockCondition;
import dev.migrationledger.agent.sql.text.Phrase;
import dev.migrationledger.agent.sql.text.Token;
import dev.migrationledger.contracts.unread.SqlReason.UnreadCodeBlock;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/** A code block in PL/pgSQL: what its statements do, under the conditions that it states. */
final class Block {

    /** Times that a loop over literal values is gone through. */
    private static final int MOST_TURNS = 200;

    private final Variables variables;

    private Block(Variables variables) {
        this.variables = variables;
    }

    /** @param body what stands between the dollars */
    static void read(String body, Changes.At at) {
        try {
            new Block(new Variables()).block(parsed(body), at);
        } catch (Refused refused) {
            at.unknown("DO " + body, new UnreadCodeBlock(refused.reason()), Mentioned.in(body));
        }
    }

    private static Function_blockContext parsed(String body) throws Refused {
        try {
            return Grammar.block(body);
        } catch (Refused refused) {
            return Grammar.block(Respelled.withoutTargets(body));
        }
    }

    private void block(Function_blockContext block, Changes.At at) {
        if (block.declarations() != null) {
            block.declarations().declaration().forEach(this::declared);
        }
        Handlers handlers = new Handlers(block.exception_statement());
        Changes.At here = handlers.swallow() ? at.under(handlers.facts(statements(block.function_statements()))) : at;
        run(block.function_statements(), here);
        for (Function_statementsContext handler : handlers.bodies()) {
            run(handler, at.under(handlers.unread()));
        }
    }

    private static boolean isMissingValue(BlockCondition condition) {
        return condition instanceof BlockCondition.There there && !there.there() && there.lookup().isValue();
    }

    private void declared(DeclarationContext declaration) {
        VexContext value = declaration.type_declaration().vex();
        variables.set(ParsedNames.name(declaration.identifier()), value == null ? null : ParsedNames.text(value));
    }

    /** The statements that can change something. */
    private List<String> statements(Function_statementsContext block) {
        List<String> statements = new ArrayList<>();
        for (Function_statementContext statement : block.function_statement()) {
            boolean quiet = statement.message_statement() != null || (statement.base_statement() != null
                    && statement.base_statement().PERFORM() == null);
            Execute_stmtContext execute = statement.plpgsql_query() == null
                    ? null
                    : statement.plpgsql_query().execute_stmt();
            if (!quiet) {
                statements.add(execute == null ? ParsedNames.text(statement) : executed(execute));
            }
        }
        return statements;
    }

    /** @return whether the block may have been left, and under which condition it was not; absent: it surely was left */
    private @Nullable Facts run(Function_statementsContext statements, Changes.At at) {
        Facts going = Facts.NONE;
        for (Function_statementContext statement : statements.function_statement()) {
            Facts still = run(statement, at.under(going));
            if (still == null) {
                return null;
            }
            going = going.and(still);
        }
        return going;
    }

    private @Nullable Facts run(Function_statementContext statement, Changes.At at) {
        if (statement.function_block() != null) {
            block(statement.function_block(), at);
        } else if (statement.base_statement() != null) {
            base(statement.base_statement(), at);
        } else if (statement.control_statement() != null) {
            return control(statement.control_statement(), at);
        } else if (statement.message_statement() != null) {
            return Handlers.isFailure(statement.message_statement()) ? null : Facts.NONE;
        } else if (statement.schema_statement() != null || statement.additional_statement() != null) {
            LiteralSql.read(ParsedNames.text(statement), Placeholders.NONE, at);
        } else if (statement.plpgsql_query() != null) {
            query(statement.plpgsql_query(), at);
        }
        // What remains ends transactions and moves cursors.
        return Facts.NONE;
    }

    private void base(Base_statementContext statement, Changes.At at) {
        if (statement.assign_stmt() != null) {
            Assign_stmtContext assignment = statement.assign_stmt();
            ParserRuleContext value = assignment.perform_stmt() != null
                    ? assignment.perform_stmt()
                    : assignment.select_stmt_no_parens();
            variables.set(ParsedNames.name(assignment.var()), ParsedNames.text(value));
        } else if (statement.perform_stmt() != null) {
            String select = "SELECT " + ParsedNames.text(statement.perform_stmt());
            variables.set(Variables.FOUND, select);
            LiteralSql.read(select, Placeholders.NONE, at);
        }
    }

    private void query(Plpgsql_queryContext query, Changes.At at) {
        if (query.execute_stmt() != null) {
            LiteralSql.read(executed(query.execute_stmt()), Placeholders.NONE, at);
        } else if (query.data_statement() != null) {
            String text = ParsedNames.text(query);
            Into_tableContext into = RowStatements.into(query.data_statement());
            if (into == null) {
                LiteralSql.read(text, Placeholders.NONE, at);
            } else {
                // Into variables, not into a new table.
                String before = text.substring(0, into.getStart().getStartIndex() - query.getStart().getStartIndex());
                String select = before + text.substring(
                        into.getStop().getStopIndex() + 1 - query.getStart().getStartIndex());
                variables.set(ParsedNames.parts(into.schema_qualified_name()).getLast(), select);
                variables.set(Variables.FOUND, select);
                LiteralSql.read(select, Placeholders.NONE, at);
            }
        }
    }

    private String executed(Execute_stmtContext execute) {
        return variables.text(Phrase.of(ParsedNames.text(execute.vex())));
    }

    private @Nullable Facts control(Control_statementContext statement, Changes.At at) {
        if (statement.return_stmt() != null) {
            return null;
        } else if (statement.if_statement() != null) {
            return branches(statement.if_statement(), at);
        } else if (statement.case_statement() != null) {
            Facts going = Facts.NONE;
            for (Function_statementsContext branch : statement.case_statement().function_statements()) {
                Facts still = perhaps(branch, at);
                going = still == null ? Facts.OPEN : going.and(still);
            }
            return going;
        } else if (statement.loop_statement() != null) {
            return loop(statement.loop_statement(), at);
        }
        LiteralSql.read(ParsedNames.text(statement), Placeholders.NONE, at);
        return Facts.NONE;
    }

    private @Nullable Facts perhaps(Function_statementsContext statements, Changes.At at) {
        Variables before = variables.copy();
        Facts still = run(statements, at.under(Facts.OPEN));
        variables.keep(before);
        return still;
    }

    private @Nullable Facts branches(If_statementContext statement, Changes.At at) {
        int since = at.size();
        Facts going = Facts.NONE;
        BlockCondition before = new BlockCondition.Constant(true);
        boolean changed = false;
        List<Function_statementsContext> branches = statement.function_statements();
        for (int i = 0; i < branches.size(); i++) {
            // Each branch is under what all before it found.
            StepBudget.current().take(i);
            boolean last = i == statement.vex().size();
            BlockCondition condition = last
                    ? new BlockCondition.Constant(true)
                    : variables.conditions().read(ParsedNames.text(statement.vex(i)));
            BlockCondition here = new BlockCondition.All(List.of(before, condition));
            Facts facts = GuardFacts.facts(here, since);
            if (facts != null) {
                // What an earlier branch made must not be taken for what this one found.
                Variables outside = variables.copy();
                boolean value = isMissingValue(condition) && i == 0 && statements(branches.get(i)).size() == 1;
                Facts still = run(branches.get(i), value ? at : at.under(changed ? facts.and(Facts.OPEN) : facts));
                variables.keep(outside);
                changed |= !statements(branches.get(i)).isEmpty();
                boolean failed = still == null && Handlers.fails(branches.get(i));
                if (still == null && !failed) {
                    Facts otherwise = GuardFacts.facts(here.negated(), since);
                    if (otherwise == null) {
                        return null;
                    }
                    going = going.and(otherwise);
                } else if (still != null && !still.equals(Facts.NONE)) {
                    going = Facts.OPEN;
                }
            }
            before = new BlockCondition.All(List.of(before, condition.negated()));
        }
        return going;
    }

    private @Nullable Facts loop(Loop_statementContext loop, Changes.At at) {
        if (loop.function_statements() == null) {
            // EXIT and CONTINUE leave what follows in doubt.
            return Facts.OPEN;
        }
        List<String> values = values(loop.loop_start());
        if (values == null || values.size() > MOST_TURNS) {
            Facts still = perhaps(loop.function_statements(), at);
            return still == null ? Facts.OPEN : Facts.NONE;
        }
        Facts going = Facts.NONE;
        for (String value : values) {
            StepBudget.current().take(1);
            variables.text(ParsedNames.name(loop.loop_start().identifier_list().identifier(0)), value);
            Facts still = run(loop.function_statements(), at.under(going));
            going = going.and(still == null ? Facts.OPEN : still);
        }
        return going;
    }

    /** Literal values that a loop goes over; absent: they are not known. */
    private static @Nullable List<String> values(@Nullable Loop_startContext start) {
        if (start == null || start.identifier_list() == null || start.identifier_list().identifier().size() != 1) {
            return null;
        }
        String over = ParsedNames.text(start);
        Phrase phrase = Phrase.of(over);
        int array = phrase.find("array", 0);
        // FOREACH x IN ARRAY ARRAY['a', 'b'] and FOR x IN SELECT unnest(ARRAY['a', 'b'])
        int open = -1;
        for (int at = Math.max(array, 0); at < phrase.size(); at++) {
            if (phrase.is(at, '[') && phrase.is(at - 1, "array")) {
                open = at;
                break;
            }
        }
        boolean unnested = start.FOREACH() != null || over.toLowerCase(java.util.Locale.ROOT).contains("unnest");
        if (open < 0 || !unnested) {
            return null;
        }
        List<String> values = new ArrayList<>();
        for (int at = open + 1; at < phrase.size() && !phrase.is(at, ']'); at++) {
            Token token = phrase.tokens().get(at);
            if (token.isString()) {
                values.add(token.text());
            } else if (!token.is(',')) {
                return null;
            }
        }
        return values;
    }
}
