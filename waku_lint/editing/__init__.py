"""Commands that write documents: init, new, impact, rename and renumber.

Import the module of a command. Each module plans new contents, and `files.writer` writes them, all or none.

- A link is compared by its target before and after a move, and rewritten only if the target changes.
- A plan is parsed again, and refused unless the new contents have the same meaning.
- Templates of new documents come from the enabled rules and their options, so that they always satisfy the rules.
"""
