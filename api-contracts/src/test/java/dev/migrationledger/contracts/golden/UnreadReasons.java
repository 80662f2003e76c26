package dev.migrationledger.contracts.golden;

import dev.migrationledger.contracts.unread.FileReason.*;
import dev.migrationledger.contracts.unread.OperationReason.*;
import dev.migrationledger.contracts.unread.SqlReason.*;
import dev.migrationledger.contracts.unread.SyntaxError.*;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.*;
import java.util.List;

/** One reason of each kind. */
final class UnreadReasons {

    private static final Token WORD = new Token(Token.Kind.WORD, "pass");
    private static final UnreadReason COMPUTED = new UnknownValue(Value.COMPUTED);

    static final List<UnreadReason> ALL = List.of(
            new BrokenRule(Rule.CLOSED_STRING),
            new UnexpectedToken(WORD, Expected.VALUE),
            new MissingToken(List.of("except", "finally"), WORD),
            new UnclosedBracket("("),
            new StrayBracket(")"),
            new MismatchedBracket(")", "["),
            new StrayCharacter("$"),
            new UnknownEncoding("utf-9"),
            new ContradictedEncoding("latin-1"),
            new InvalidByte(0xE9, "ascii"),
            COMPUTED,
            new Called("parent"),
            new RunsArgument("system"),
            new Conditional("settings.DEBUG"),
            new Builtin("print"),
            new Undefined("PARENT", "ids"),
            new UndefinedName("PARENT"),
            new UnknownField("{row.name}"),
            new SeveralResults("parent"),
            new ChangedGlobal("PARENT"),
            new ImportedFromOutside("shop.ids"),
            new TooManyNames(20_000),
            new OtherFile("sql/routes.sql", OtherFile.Obstacle.OUTSIDE),
            new ModuleNotFollowed("ids", COMPUTED),
            new UnknownElsewhere("ids", COMPUTED),
            new UnknownReference("ids.PARENT", COMPUTED),
            new UnknownName("parent", 4, "migrations/ids.py", COMPUTED),
            new InvalidSource("upgrade", 9, new UnclosedBracket("(")),
            new TooLargeFrom(9),
            new UnknownStatement(Statement.UNKNOWN_PARTS),
            new CalledInDatabase("refresh_routes"),
            new NotInGrammar(1, "nonsense"),
            new BracketsTooDeep(100),
            new TooManyWords(50_000),
            new UnreadCodeBlock(new NotInGrammar(1, "nonsense")),
            new UnknownOperation(Part.CALLEE_ELSEWHERE),
            new MissingArgument("table_name"),
            new ComputedArgument("table_name"),
            new ForeignOperation("create_view"),
            new ComputedToken("short_name"),
            new UnknownToken("column_9_name"),
            new TooManyEffects(10_000),
            new UnknownSql(COMPUTED),
            new UnknownKeyName(COMPUTED),
            new UnreadFile(Obstacle.GONE),
            new MemoryExceeded(512),
            new AgentFailure("IllegalStateException in Lexer.java:9", "1.0.0"));

    private UnreadReasons() {}
}
