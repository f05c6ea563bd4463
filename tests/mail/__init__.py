"""Mail to a contact: what is written, how it is sent, and the page behind its link."""
