"""What nobody else sees."""
