package dev.migrationledger.ledger.audit.index;

import dev.migrationledger.contracts.wire.ContractJson;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Entries, their blocks and their names: {@code ledger.audit_entry}, {@code audit_block}, {@code audit_block_token}, {@code audit_name}, {@code audit_state}
 * and {@code audit_again}.
 */
final class AuditTables {

    private final JdbcTemplate jdbc;
    private final JdbcClient database;

    AuditTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.database = JdbcClient.create(jdbc);
    }

    /** In which the entries are stored; 0 before the first. */
    int form() {
        return database.sql("select form from ledger.audit_state").query(Integer.class).optional().orElse(0);
    }

    /** Of the last event that has an entry; 0 before the first. */
    long position() {
        return database.sql("select position from ledger.audit_state").query(Long.class).optional().orElse(0L);
    }

    void position(long position) {
        database.sql("update ledger.audit_state set position = ?").param(position).update();
    }

    /** Deletes all entries. */
    void begin(int form) {
        jdbc.execute("truncate ledger.audit_entry, ledger.audit_block, ledger.audit_block_token,"
                + " ledger.audit_environment, ledger.audit_run, ledger.audit_gap, ledger.audit_again,"
                + " ledger.audit_name, ledger.audit_watch");
        database.sql("insert into ledger.audit_state (form, position) values (?, 0)"
                + " on conflict (only_row) do update set form = excluded.form, position = 0").param(form).update();
    }

    void insert(List<IndexedEntry> entries) {
        jdbc.batchUpdate("""
                insert into ledger.audit_entry
                (position, project, environment, recorded_at, occurred_from, occurred_to, tokens, words, facts)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (position) do nothing
                """, entries, entries.size(), (row, one) -> {
            row.setLong(1, one.entry().position());
            row.setString(2, one.entry().project());
            row.setString(3, one.entry().environment());
            row.setTimestamp(4, Timestamp.from(one.entry().recordedAt()));
            row.setTimestamp(5, Timestamp.from(one.occurredFrom()));
            row.setTimestamp(6, Timestamp.from(one.entry().occurredAt().at()));
            row.setArray(7, row.getConnection().createArrayOf("text", one.tokens().toArray()));
            row.setString(8, one.words());
            row.setString(9, json(one));
        });
        blocks(entries);
        names(entries);
    }

    /** Puts entries in the place of those with the same positions, and forgets what their blocks had of those. */
    void replace(List<IndexedEntry> entries) {
        Set<String> former = new LinkedHashSet<>();
        for (IndexedEntry one : entries) {
            former.addAll(names(one.entry().position()));
            database.sql("update ledger.audit_entry set tokens = ?, words = ?, facts = ? where position = ?")
                    .params(one.tokens().toArray(String[]::new), one.words(), json(one), one.entry().position())
                    .update();
        }
        Set<Long> blocks = new LinkedHashSet<>();
        entries.forEach(one -> blocks.add(one.block()));
        for (long block : blocks) {
            Set<String> tokens = new LinkedHashSet<>();
            database.sql("select tokens, words from ledger.audit_entry where position >= ? and position < ?")
                    .params(block * IndexedEntry.BLOCK, (block + 1) * IndexedEntry.BLOCK)
                    .query(row -> {
                        tokens.addAll(SearchTokens.ofBlock(List.of((String[]) row.getArray(1).getArray()),
                                row.getString(2)));
                    });
            database.sql("delete from ledger.audit_block_token where block = ?").param(block).update();
            tokens(block, tokens);
        }
        // A name that no entry has any more may be one that was withdrawn.
        database.sql("delete from ledger.audit_name name where token = any(?::text[])"
                + " and not exists (select from ledger.audit_block_token block where block.token = name.token)")
                .param(former.toArray(String[]::new)).update();
        names(entries);
    }

    private List<String> names(long position) {
        return database.sql("select token from ledger.audit_entry, unnest(tokens) token where position = ?")
                .param(position).query((row, _) -> row.getString(1)).list().stream().filter(SearchTokens::isName)
                .toList();
    }

    private void names(List<IndexedEntry> entries) {
        Set<Name> names = new LinkedHashSet<>();
        entries.forEach(one -> one.tokens().stream().filter(SearchTokens::isName)
                .forEach(token -> names.add(new Name(token,
                        one.entry().project() == null ? "" : one.entry().project()))));
        database.sql("insert into ledger.audit_name (token, project) select * from unnest(?::text[], ?::text[])"
                + " on conflict do nothing").params(names.stream().map(Name::token).toArray(String[]::new),
                        names.stream().map(Name::project).toArray(String[]::new))
                .update();
    }

    /** @param project empty for entries about all projects */
    private record Name(String token, String project) {}

    private void blocks(List<IndexedEntry> entries) {
        Map<Long, List<IndexedEntry>> blocks = new TreeMap<>();
        entries.forEach(one -> blocks.computeIfAbsent(one.block(), _ -> new ArrayList<>()).add(one));
        blocks.forEach((block, some) -> {
            Set<String> tokens = new LinkedHashSet<>();
            some.forEach(one -> tokens.addAll(one.blockTokens()));
            tokens(block, tokens);
            database.sql("""
                    insert into ledger.audit_block (block, occurred_from, occurred_to, recorded_from, recorded_to)
                    values (?, ?, ?, ?, ?) on conflict (block) do update set
                    occurred_from = least(audit_block.occurred_from, excluded.occurred_from),
                    occurred_to = greatest(audit_block.occurred_to, excluded.occurred_to),
                    recorded_from = least(audit_block.recorded_from, excluded.recorded_from),
                    recorded_to = greatest(audit_block.recorded_to, excluded.recorded_to)
                    """).params(block, first(some.stream().map(IndexedEntry::occurredFrom).toList()),
                    last(some.stream().map(one -> one.entry().occurredAt().at()).toList()),
                    first(some.stream().map(one -> one.entry().recordedAt()).toList()),
                    last(some.stream().map(one -> one.entry().recordedAt()).toList())).update();
        });
    }

    private void tokens(long block, Set<String> tokens) {
        database.sql("insert into ledger.audit_block_token (token, block) select token, ? from unnest(?::text[]) token"
                + " on conflict do nothing").params(block, tokens.toArray(String[]::new)).update();
    }

    private static Timestamp first(List<Instant> times) {
        return Timestamp.from(times.stream().min(Instant::compareTo).orElseThrow());
    }

    private static Timestamp last(List<Instant> times) {
        return Timestamp.from(times.stream().max(Instant::compareTo).orElseThrow());
    }

    private static String json(IndexedEntry one) {
        return new String(ContractJson.write(one.entry()), StandardCharsets.UTF_8);
    }

    /** Labels that an entry has. */
    Map<String, String> labels(long position) {
        Map<String, String> labels = new LinkedHashMap<>();
        database.sql("select token from ledger.audit_entry, unnest(tokens) token"
                + " where position = ? and token like 'label=%=%'").param(position)
                .query((row, _) -> row.getString(1).substring("label=".length())).list()
                .forEach(label -> labels.put(label.substring(0, label.indexOf('=')),
                        label.substring(label.indexOf('=') + 1)));
        return labels;
    }

    /** Entries of a run. */
    List<Long> ofRun(String project, String environment, UUID run) {
        return database.sql("""
                select e.position from ledger.audit_block_token b join ledger.audit_entry e
                on e.position >= b.block * :size and e.position < (b.block + 1) * :size
                where b.token = :token and e.project = :project and e.environment = :environment
                and e.tokens @> array[cast(:token as text)]
                """)
                .param("size", (long) IndexedEntry.BLOCK).param("token", SearchTokens.of("run", run.toString()))
                .param("project", project).param("environment", environment).query((row, _) -> row.getLong(1)).list();
    }

    boolean hasAgain() {
        return database.sql("select exists (select from ledger.audit_again)").query(Boolean.class).single();
    }

    /** Entries to make again. */
    List<Long> again(int most) {
        return database.sql("select position from ledger.audit_again where position <="
                + " (select position from ledger.audit_state) order by 1 limit ?").param(most)
                .query((row, _) -> row.getLong(1)).list();
    }

    void again(Collection<Long> positions) {
        database.sql("insert into ledger.audit_again (position) select unnest(?::bigint[]) on conflict do nothing")
                .param(positions.toArray(Long[]::new)).update();
    }

    void done(Collection<Long> positions) {
        database.sql("delete from ledger.audit_again where position = any(?::bigint[])")
                .param(positions.toArray(Long[]::new)).update();
    }
}
