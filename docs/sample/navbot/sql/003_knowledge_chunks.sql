-- Running upgrade 002_rename_metadata -> 003_knowledge_chunks

CREATE TABLE knowledge_chunks (
    id BIGSERIAL NOT NULL,
    source TEXT NOT NULL,
    content TEXT NOT NULL,
    metadata JSONB,
    PRIMARY KEY (id)
);

CREATE INDEX ix_knowledge_chunks_source ON knowledge_chunks (source);
