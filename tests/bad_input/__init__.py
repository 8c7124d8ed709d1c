"""Bad input as data: what a person did wrong in the small project, and the lines that must be said.

An expected line that starts with a colon is about the file that the mistake is in.
"""

from . import documents, files, frame, laws, mechanisms, pathways, people, references, schema, yaml_form

MISTAKES = [
    *yaml_form.MISTAKES,
    *schema.MISTAKES,
    *references.MISTAKES,
    *laws.MISTAKES,
    *people.MISTAKES,
    *documents.MISTAKES,
    *pathways.MISTAKES,
    *mechanisms.MISTAKES,
    *files.MISTAKES,
]
"""What `check` and `build` must both refuse."""

DOUBTS = [*yaml_form.DOUBTS, *schema.DOUBTS, *references.DOUBTS, *laws.DOUBTS, *people.DOUBTS, *pathways.DOUBTS, *mechanisms.DOUBTS]
"""What is said and doesn't stop the publication."""

FRAME_MISTAKES = frame.MISTAKES
"""What only `build` can see: mkdocs.yml and the handwritten pages."""
