"""The office: signing in, home, figures, and the sheet of all parts."""
