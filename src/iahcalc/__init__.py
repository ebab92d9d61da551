"""Pure calculations of internationalisation at home: no Django, no clock, no hidden state.

Usable on its own as a library; ``iahcalc.cli`` alone reads files and prints.
"""
