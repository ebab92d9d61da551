from django.db import models


class SearchWord(models.Model):
    """One word under which a course is found, folded as ``shared.folding`` folds. It follows from the course."""

    course = models.ForeignKey("exchange.Course", on_delete=models.CASCADE, related_name="search_words")
    # The first three letters: looked up exactly, so that every database uses the index for beginnings of words.
    stem = models.CharField(max_length=3)
    word = models.CharField(max_length=60)

    class Meta:
        ordering = ["course", "word"]
        constraints = [models.UniqueConstraint(fields=["course", "word"], name="search_word_once")]
        indexes = [models.Index(fields=["stem", "word", "course"], name="search_word_by_stem")]

    def __str__(self) -> str:
        return self.word
