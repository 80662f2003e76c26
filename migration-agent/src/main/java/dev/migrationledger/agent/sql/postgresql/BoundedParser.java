package dev.migrationledger.agent.sql.postgresql;

import java.util.Set;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.atn.ATNConfig;
import org.antlr.v4.runtime.atn.ATNConfigSet;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** PostgreSQL's grammar, with an end to how deep and how far ahead it looks. It fails at the first thing that is wrong. */
final class BoundedParser extends SQLParser {

    /** Rules within one another: a subquery takes six. */
    private static final int DEEPEST = 2_500;

    /** Steps of looking ahead from which the parser learned. It forgets then, because what it learned stays in memory. */
    private static final int MOST_LEARNED = 2_000_000;

    private static volatile Learned learned = new Learned();

    private int depth;

    BoundedParser(TokenStream tokens, PredictionMode mode, StepBudget steps) {
        super(tokens);
        removeErrorListeners();
        setErrorHandler(new BailErrorStrategy());
        setInterpreter(new Predicting(this, learned(), steps));
        getInterpreter().setPredictionMode(mode);
    }

    private static Learned learned() {
        if (learned.steps > MOST_LEARNED) {
            learned = new Learned();
        }
        return learned;
    }

    @Override
    public void enterRule(ParserRuleContext context, int state, int rule) {
        deeper();
        super.enterRule(context, state, rule);
    }

    @Override
    public void exitRule() {
        depth--;
        super.exitRule();
    }

    @Override
    public void enterRecursionRule(ParserRuleContext context, int state, int rule, int precedence) {
        deeper();
        super.enterRecursionRule(context, state, rule, precedence);
    }

    @Override
    public void unrollRecursionContexts(ParserRuleContext parent) {
        depth--;
        super.unrollRecursionContexts(parent);
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw new TooDeep();
        }
    }

    /** Rules are nested too deeply. */
    static final class TooDeep extends ParseCancellationException {
        private static final long serialVersionUID = 1L;
    }

    /** What the parser found out about the grammar; each text that is like an earlier one is read by it at once. */
    private static final class Learned {
        private final DFA[] decisions = new DFA[_ATN.getNumberOfDecisions()];
        private final PredictionContextCache contexts = new PredictionContextCache();

        /** Roughly: several threads count. */
        private int steps;

        Learned() {
            for (int i = 0; i < decisions.length; i++) {
                decisions[i] = new DFA(_ATN.getDecisionState(i), i);
            }
        }
    }

    private static final class Predicting extends ParserATNSimulator {
        private final Learned learned;
        private final StepBudget steps;

        Predicting(SQLParser parser, Learned learned, StepBudget steps) {
            super(parser, _ATN, learned.decisions, learned.contexts);
            this.learned = learned;
            this.steps = steps;
        }

        @Override
        protected void closure_(
                ATNConfig config, ATNConfigSet configs, Set<ATNConfig> busy, boolean collect, boolean full,
                int depth, boolean endIsEpsilon) {
            steps.take(1);
            learned.steps++;
            super.closure_(config, configs, busy, collect, full, depth, endIsEpsilon);
        }
    }
}
