"""One file a migration. One that was released is never changed."""
