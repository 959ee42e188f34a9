"""The law: rules as functions of named facts, each with its citation and its verbatim words."""
