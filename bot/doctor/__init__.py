"""The doctor: looks at everything that Signpost needs and says what to do. It works when half of it is missing."""
