"""What a contact is told and answers, by message, mail or phone, and what a lead does where that is in doubt."""
