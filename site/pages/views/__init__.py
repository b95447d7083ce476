"""One module of views for each subject."""
