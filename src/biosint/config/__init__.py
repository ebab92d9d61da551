"""Settings, environment, addresses, servers and the ``biosint`` command.

Owns nothing that a person sees; apps read settings through ``django.conf``.
"""
