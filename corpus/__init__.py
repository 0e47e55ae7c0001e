"""Tools of the annotated corpus: choosing documents, showing them, compiling and checking what was coded."""
