-- Running upgrade  -> 001_initial

CREATE TABLE users (
    id SERIAL NOT NULL,
    email VARCHAR(320) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (email)
);

CREATE TABLE events (
    id BIGSERIAL NOT NULL,
    user_id INTEGER NOT NULL,
    kind VARCHAR(64) NOT NULL,
    metadata JSONB,
    PRIMARY KEY (id),
    FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE INDEX ix_events_user_id ON events (user_id);
