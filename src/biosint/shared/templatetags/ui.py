"""The components of the interface. Each tag's signature is its contract; ``/ui/`` shows them all."""

from django import template

register = template.Library()
