from datetime import timedelta

from biosint.shared.limits import within


def test_a_limit_counts_each_name_and_each_person_apart() -> None:
    hour = timedelta(hours=1)

    assert [within("letters", "ana", times=2, per=hour) for _try in range(3)] == [True, True, False]
    assert within("letters", "noor", times=2, per=hour)
    assert within("other", "ana", times=2, per=hour)
