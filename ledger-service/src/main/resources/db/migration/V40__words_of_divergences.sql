-- An event quotes what the ledger said of a divergence. What a newer ledger says of the same facts stands beside it.
alter table ledger.divergence_view add column current_words json;
comment on column ledger.divergence_view.current_words is
    'the open divergence in the words of the last evaluation; null where they are those of its last event';
