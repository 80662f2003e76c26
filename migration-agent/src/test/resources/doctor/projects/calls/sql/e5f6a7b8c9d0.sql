CREATE TABLE friend_links (
    id SERIAL NOT NULL,
    friend_id INTEGER,
    PRIMARY KEY (id)
);
