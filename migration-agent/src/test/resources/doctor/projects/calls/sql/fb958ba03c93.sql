CREATE TABLE call_stats (
    id SERIAL NOT NULL,
    seconds INTEGER,
    PRIMARY KEY (id)
);
