"""What is asked of the records of quizzes, one subject per module."""
