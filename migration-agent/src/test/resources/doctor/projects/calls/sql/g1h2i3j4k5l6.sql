UPDATE friend_links SET friend_id = 0 WHERE friend_id IS NULL;
