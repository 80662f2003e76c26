package dev.migrationledger.agent.python.symbolic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.agent.tool.alembic.runtime.AlembicRuntime;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import dev.migrationledger.core.scripts.ReasonText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Real-looking scripts, damaged at random but repeatably: the reader always answers. */
class MutationTest {

    private static final int MUTANTS = 20_000;

    private static final String SCRIPT = """
            # -*- coding: utf-8 -*-
            \"""Add a table

            Revision ID: 2f1e0c9b8a7d
            Revises: ('1a2b3c4d5e6f', "0f0e0d0c0b0a")
            \"""
            from alembic import op
            import sqlalchemy as sa
            from .names import LABEL as label, OTHER

            revision: str = "2f1e0c9b8a7d"
            down_revision = ('1a2b3c4d5e6f',
                             "0f0e0d0c0b0a")  # a merge
            branch_labels = [label] if op else None
            depends_on, other = None, {'a', r'\\d', f"{revision!r:>{10}}"}
            try:
                import json; other += b'x'
            except ImportError:
                json = None

            @decorated(by='nobody')
            def upgrade() -> None:
                op.create_table("t", sa.Column('id', sa.Integer(), nullable=False), comment=f'''
            revision = "{other['x']}"
            ''')
                for row, other in zip(('a', 'b'), {'c': [1]}.items()):
                    with op.batch_alter_table(row) as batch_op: batch_op.drop_column(f'{row}_{other[0]:>3}')
                try: helper(*label, **{'x': lambda y: y})
                except (KeyError, ValueError) as e: raise
                match x:
                    case {'a': [b, *c]} if b: x += c
                if x == 1: return \\
                    None

            def helper(a, /, *rest, x=None, **more): return [z for z in rest if z]
            """;

    private static final String[] PIECES = {
        "'", "\"", "'''", "\"\"\"", "(", ")", "[", "]", "{", "}", "\\", "\n", "\r", "\0", "#", ";", ":", "=", "+=", ",",
        ".", "f'{", "}'",
        "rb'", "\\N{", "\\x", " if ", " else ", "lambda ", "*", "def x():", "class ", "import ", "from . import *",
        "\t", "    ", "é", "\uD83D\uDE00",
        "revision = ", "<<<<<<<", "# coding: utf-16", "for ", "try:", "else:", "match x:", "async ", "\uFEFF", "\f"
    };

    @Test
    void no_damage_makes_the_reader_fail_or_hang() {
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int seed = 0; seed < MUTANTS; seed++) {
                byte[] mutant = mutant(new Random(seed));
                assertThatCode(() -> read(mutant)).as("seed %d", seed).doesNotThrowAnyException();
            }
        });
    }

    @Test
    void the_undamaged_script_is_read_whole() {
        EvaluatedModule module = read(SCRIPT.getBytes(StandardCharsets.UTF_8));
        assertThat(module.problems()).isEmpty();
        assertThat(module.value("revision")).extracting(Binding::symbol, Binding::line)
                .containsExactly(new Symbol.Text("2f1e0c9b8a7d"), 11);
    }

    @Test
    void noise_of_any_kind_is_answered() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[20 + random.nextInt(400)];
            random.nextBytes(noise);
            assertThat(read(noise).problems()).as("noise %d", i).isNotEmpty();
        }
    }

    private static EvaluatedModule read(byte[] bytes) {
        EvaluatedModule followed = EvaluatedModule.of("script.py", bytes,
                (level, dotted) -> new ImportedNames.Found.Absent(new UnknownValue(Value.LONG_IMPORT_CHAIN)),
                AlembicRuntime.ASSUMPTIONS);
        for (String name : List.of("revision", "down_revision", "branch_labels", "depends_on")) {
            followed.value(name);
        }
        followed.follow("upgrade", new CallListener() {
            @Override
            public void called(Symbol.Made call, SourceRange inFollowed, Guard guard) {
                assertThat(call.place().line()).isPositive();
            }

            @Override
            public void unknown(SourceRange place, SourceRange inFollowed, String expression,
                    UnreadReason reason) {
                assertThat(ReasonText.of(reason)).isNotEmpty();
            }
        });
        return followed;
    }

    private static byte[] mutant(Random random) {
        StringBuilder mutant = new StringBuilder(SCRIPT);
        for (int changes = 1 + random.nextInt(6); changes > 0 && !mutant.isEmpty(); changes--) {
            int at = random.nextInt(mutant.length());
            int end = Math.min(mutant.length(), at + random.nextInt(20));
            switch (random.nextInt(5)) {
                case 0 -> mutant.delete(at, end);
                case 1 -> mutant.insert(at, mutant.substring(at, end));
                case 2 -> mutant.setLength(at);
                default -> mutant.insert(at, PIECES[random.nextInt(PIECES.length)]);
            }
        }
        byte[] bytes = mutant.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
