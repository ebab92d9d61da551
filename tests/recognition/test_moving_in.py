"""The table of decisions moves from exchange to recognition with all its rows, and back."""

from __future__ import annotations

import pytest

from factories import RecognitionFactory
from migrating import stepwise


@pytest.mark.django_db(transaction=True)
def test_decisions_keep_their_rows() -> None:
    kept = RecognitionFactory(local_name="Elective")
    latest = stepwise().loader.graph.leaf_nodes()
    try:
        back = stepwise()
        (leaves,) = (key for key in back.loader.graph.nodes if key[1].endswith("_recognition_leaves"))
        (before,) = (parent.key for parent in back.loader.graph.node_map[leaves].parents)
        back.migrate([("recognition", None), before])
        old = back.loader.project_state([before]).apps.get_model("exchange", "Recognition")
        assert [(row.pk, row.local_name) for row in old.objects.all()] == [(kept.pk, "Elective")]
    finally:
        stepwise().migrate(latest)

    kept.refresh_from_db()
    assert (kept.local_name, kept.version) == ("Elective", 1)
