"""What people look at: home, the list of their cases, and one case opened."""
