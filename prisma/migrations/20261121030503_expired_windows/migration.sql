-- Windows that end without anything being due, so that those long over are found.
CREATE INDEX bucket_expired ON bucket ("end") WHERE due_at IS NULL;
