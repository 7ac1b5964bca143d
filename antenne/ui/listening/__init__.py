"""« Écoutes & protection »: the screens of the confidential compartment, and the note that anybody may drop in."""
