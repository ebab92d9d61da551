"""The only places that write agreements, decisions and transcripts: one subject per module."""
