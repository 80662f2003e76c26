-- Running upgrade 002_rename_metadata -> 003_other_feature

CREATE TABLE saved_routes (
    id BIGSERIAL NOT NULL,
    user_id INTEGER NOT NULL,
    name VARCHAR(200) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
);
