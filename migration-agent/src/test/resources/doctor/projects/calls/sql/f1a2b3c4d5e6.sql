CREATE INDEX ix_calls_user_id ON calls (user_id);
