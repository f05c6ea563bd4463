"""What holds the project together: layers, sizes, locks, documents, image, manifest."""
