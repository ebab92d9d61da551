"""The components of the interface. Each tag's signature is its contract; ``/ui/`` shows them all.

Known to every template without ``{% load %}``. The parts stand in the ``ui_*`` files beside this one.
"""

from django import template

from biosint.shared.templatetags import ui_actions, ui_figures, ui_forms, ui_inline, ui_layout

register = template.Library()
for _part in (ui_actions, ui_figures, ui_forms, ui_inline, ui_layout):
    register.tags.update(_part.register.tags)
    register.filters.update(_part.register.filters)
