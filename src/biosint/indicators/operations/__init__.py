"""The deeds of the indicator bank: loading a file, writing a version, translating it, publishing it."""
