"""What a reader sees of a store: documents in the terminal (`show`), one self-contained page (`report`)."""
