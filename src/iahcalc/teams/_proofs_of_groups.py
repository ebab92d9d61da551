"""Proofs about people who must share a team: they may be too many, barred from each other, or not fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from iahcalc.teams._conflict import Conflict, Forced, Task, proved
from iahcalc.teams._model import Person
from iahcalc.teams._values import words_of
from iahcalc.teams._violations import common_quarters, lone, shared_words


def about_groups(task: Task) -> Iterator[Conflict]:
    """Yield the conflicts of people who must share a team, by the rule who is together, by locks, or both."""
    yield from _split_by_locks(task)
    said: set[tuple[str, tuple[str, ...]]] = set()
    for group in (*task.clusters, *task.locked_groups, *task.locked_clusters):
        for conflict in _about_group(task, group):
            # What follows from fewer rules is not said again with more.
            what = (conflict.reasons[0].code, conflict.people)
            inside = any(code == what[0] and set(people) <= set(conflict.people) for code, people in said)
            if not inside:
                said.add(what)
                yield conflict
    yield from _do_not_fit(task)


def about_single_people(task: Task) -> Iterator[Conflict]:
    """Yield the conflicts of one person with a rule, whoever the team-mates are."""
    for person in task.people:
        if person.free is not None and len(person.free) < task.quarters:
            yield proved(
                "too_few_hours_of_one",
                ["minimum_common_hours"],
                [person],
                name=person.name,
                best=len(person.free) / 4,
                minimum=task.rules.minimum_common_hours,
            )
        for shared in task.rules.shared:
            if shared_words([person], shared) == []:
                yield proved(
                    "no_word_of_one",
                    ["shared"],
                    [person],
                    name=person.name,
                    attribute=shared.attribute,
                    level=shared.level,
                )
        for attribute, limit in task.rules.at_most_different.items():
            count = len(words_of(person, attribute))
            if count > limit:
                yield proved(
                    "too_many_of_one",
                    ["at_most_different"],
                    [person],
                    name=person.name,
                    attribute=attribute,
                    count=count,
                    limit=limit,
                )


def _split_by_locks(task: Task) -> Iterator[Conflict]:
    for cluster in task.clusters:
        places = {
            person.key: task.rules.locked[person.key]
            for person in cluster.people
            if person.key in task.rules.locked
        }
        if len(set(places.values())) > 1:
            yield proved(
                "locks_split_group",
                ["locked", "together"],
                task.named(places),
                names=[person.name for person in task.named(places)],
                teams=sorted(set(places.values())),
            )


def _about_group(task: Task, group: Forced) -> Iterator[Conflict]:
    given = {"names": group.names, "by": list(group.by)}
    if len(group.people) > task.largest:
        yield proved(
            "group_too_large",
            group.by,
            group.people,
            **given,
            count=len(group.people),
            largest=task.largest,
        )
    if len(group.people) > 1:
        yield from _barred_inside(task, group)
        yield from _without_hours(task, group)
        for shared in task.rules.shared:
            if shared_words(group.people, shared) == [] and all(
                shared_words([person], shared) != [] for person in group.people
            ):
                yield proved(
                    "group_without_word",
                    [*group.by, "shared"],
                    group.people,
                    **given,
                    attribute=shared.attribute,
                    level=shared.level,
                )
    yield from _with_wrong_values(task, group)


def _barred_inside(task: Task, group: Forced) -> Iterator[Conflict]:
    inside = {person.key for person in group.people}
    for one in sorted(inside):
        for other, rule in sorted(task.barred.get(one, {}).items()):
            if one < other and other in inside:
                pair = task.named((one, other))
                through = [person for person in _way(task, group, one, other) if person not in pair]
                yield proved(
                    "together_and_apart" if rule == "apart" else "together_and_met",
                    [*group.by, rule],
                    [*pair, *through],
                    names=[person.name for person in pair],
                    through=[person.name for person in through],
                    by=list(group.by),
                )


def _way(task: Task, group: Forced, one: str, other: str) -> tuple[Person, ...]:
    """Return a shortest chain of people from one to the other, each pair forced by one rule."""
    ties = [set(keys) for keys in task.rules.together if "together" in group.by]
    if "locked" in group.by:
        ties += [{key for key, number in task.rules.locked.items() if number == group.team}]
    came_by: dict[str, str] = {one: one}
    queue = [one]
    for key in queue:
        for tie in ties:
            if key in tie:
                for following in sorted(tie - came_by.keys()):
                    came_by[following] = key
                    queue.append(following)
    chain = [other]
    while chain[-1] != one:
        chain.append(came_by[chain[-1]])
    return tuple(task.by_key[key] for key in chain)


def _without_hours(task: Task, group: Forced) -> Iterator[Conflict]:
    slots = common_quarters(group.people) if task.quarters else None
    one_alone = any(person.free is not None and len(person.free) < task.quarters for person in group.people)
    if slots is not None and len(slots) < task.quarters and not one_alone:
        yield proved(
            "group_without_hours",
            [*group.by, "minimum_common_hours"],
            group.people,
            names=group.names,
            by=list(group.by),
            best=len(slots) / 4,
            minimum=task.rules.minimum_common_hours,
        )


def _with_wrong_values(task: Task, group: Forced) -> Iterator[Conflict]:
    given = {"names": group.names, "by": list(group.by)}
    size = len(group.people)
    for attribute, limit in task.rules.at_most_different.items():
        count = len({word for person in group.people for word in words_of(person, attribute)})
        if (
            size > 1
            and count > limit
            and all(len(words_of(person, attribute)) <= limit for person in group.people)
        ):
            yield proved(
                "group_too_different",
                [*group.by, "at_most_different"],
                group.people,
                **given,
                attribute=attribute,
                count=count,
                limit=limit,
            )
    for attribute, limit in task.rules.at_least_different.items():
        own = {word for person in group.people for word in words_of(person, attribute)}
        # Whoever joins them brings no more values than the person with the most.
        count = len(own) + max(0, task.largest - size) * task.most_words(attribute)
        if 1 < size <= task.largest and count < limit:
            yield proved(
                "group_too_alike",
                [*group.by, "at_least_different"],
                group.people,
                **given,
                attribute=attribute,
                count=count,
                limit=limit,
            )
    # A group that fills the largest team is that team.
    for attribute in task.rules.at_least_two_of if size == task.largest else ():
        holders = task.everyone.holders(attribute)
        for person, word in lone(group.people, attribute):
            if holders[word] > 1:
                yield proved(
                    "group_leaves_alone",
                    [*group.by, "at_least_two_of"],
                    group.people,
                    **given,
                    attribute=attribute,
                    name=person.name,
                    value=word,
                )


def _do_not_fit(task: Task) -> Iterator[Conflict]:
    """Yield groups that fit in a team each, but not all of them."""
    largest = task.largest
    # Whoever is locked fills the team: the fullest teams need the largest sizes.
    groups = {group.team: group for group in (*task.locked_groups, *task.locked_clusters)}
    filled = sorted(groups.items(), key=lambda item: (-len(item[1].people), item[0] or 0))
    for rank, (_, group) in enumerate(filled):
        if task.sizes[rank] < len(group.people) <= largest:
            overfull = [number for number, one in filled if len(one.people) >= len(group.people)]
            people = [person for number in overfull for person in groups[number].people]
            rules = [rule for number in overfull for rule in groups[number].by]
            yield proved(
                "locks_overfill",
                rules,
                people,
                teams=sorted(map(int, filter(None, overfull))),
                largest=len(group.people),
            )
            break
    sizes = Counter(len(cluster.people) for cluster in task.clusters if len(cluster.people) <= largest)
    for least in sorted(sizes):
        count = sum(many for size, many in sizes.items() if size >= least)
        room = sum(size // least for size in task.sizes)
        if count > room:
            people = [
                person
                for cluster in task.clusters
                if least <= len(cluster.people) <= largest
                for person in cluster.people
            ]
            yield proved("groups_do_not_fit", ["together"], people, count=count, size=least, room=room)
            break
