"""Files that carry questionnaires, translations and answers to other tools and back. No database, no request."""
