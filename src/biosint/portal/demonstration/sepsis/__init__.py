"""A course of eight weeks with content of its own, in English and Serbian: “Sepsis without borders”.

What is written stands in ``course.yaml`` and ``questions.yaml``; the modules beside them carry it out.
"""
