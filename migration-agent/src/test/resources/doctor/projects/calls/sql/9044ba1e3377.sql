CREATE TABLE users (
    id SERIAL NOT NULL,
    name VARCHAR(80) NOT NULL,
    created_at TIMESTAMP WITHOUT TIME ZONE,
    PRIMARY KEY (id)
);
CREATE TABLE calls (
    id SERIAL NOT NULL,
    user_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE TABLE participants (
    id SERIAL NOT NULL,
    call_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(call_id) REFERENCES calls (id)
);
