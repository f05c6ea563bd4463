"""Commands for whoever runs Signpost: on its database, and on a file that somebody was given."""
