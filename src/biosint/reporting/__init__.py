"""Owns periodic reports generated from evidence, as page, PDF and DOCX.

It counts nothing by itself; every figure comes from evidence.
"""
