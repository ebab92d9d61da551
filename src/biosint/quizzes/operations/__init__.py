"""The only places that write records of quizzes, one subject per module."""
