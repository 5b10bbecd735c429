"""Plan text (Word, PDF, plain) into what a careful reader takes out of it; knows no database."""
