"""Pages of international courses, by who comes: everybody, learners, teachers, institutions."""
