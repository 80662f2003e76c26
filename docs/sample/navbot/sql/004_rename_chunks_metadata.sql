-- Running upgrade 003_knowledge_chunks -> 004_rename_chunks_metadata

ALTER TABLE knowledge_chunks RENAME metadata TO extra_data;
