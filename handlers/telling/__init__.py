"""Who is told what and when: messages, clocks, reminders, and what happens where one does not arrive."""
